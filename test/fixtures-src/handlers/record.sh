#!/bin/sh
# Records what systemd-coredump, coredumpctl and Apport make of a real core, for test/unit/delve/handlers. Run by hand, as
# root, in a mount namespace of its own so that nothing of this machine is touched:
#   unshare -m --propagation private sh record.sh STANDING OUTPUT SYSTEMD APPORT
# STANDING  test/unit/delve/programs/standing, built as handlers.test.ts builds it
# SYSTEMD   Debian's systemd, systemd-coredump, libsystemd-shared, libsystemd0, libdw1 and libelf1, unpacked with dpkg -x
# APPORT    a checkout of Apport
set -e
standing=$1 output=$2 systemd=$3 apport=$4
libraries=$systemd/usr/lib/x86_64-linux-gnu:$systemd/usr/lib/x86_64-linux-gnu/systemd
for folder in /run/systemd /run/log /var/lib/systemd /srv; do mount -t tmpfs none "$folder"; done
mkdir -p /run/systemd/journal /var/lib/systemd/coredump /srv/service
cp "$standing" /srv/service/standing
cd /srv/service
env -i PATH=/usr/bin:/bin GOTRACEBACK=crash prlimit --core=unlimited ./standing 5 "out of slots" || true
LD_LIBRARY_PATH=$libraries "$systemd/lib/systemd/systemd-journald" &
journal=$!
sleep 1
LD_LIBRARY_PATH=$libraries "$systemd/usr/bin/systemd-socket-activate" --accept --seqpacket \
  -l /run/systemd/coredump "$systemd/lib/systemd/systemd-coredump" &
socket=$!
sleep 1
for kept in yes no; do
  # The kernel hands a core on while its process is still there.
  env -i PATH=/usr/bin:/bin ./standing 5 >/dev/null &
  pid=$!
  sleep 1
  LD_LIBRARY_PATH=$libraries "$systemd/lib/systemd/systemd-coredump" \
    "$pid" 0 0 6 "$(date +%s)" 18446744073709551615 host <core
  kill -KILL "$pid"
  sleep 1
  [ $kept = yes ] || rm /var/lib/systemd/coredump/*."$pid".*
done
LD_LIBRARY_PATH=$libraries "$systemd/usr/bin/coredumpctl" list --json=short --no-pager >"$output/coredumpctl.json"
cp /var/lib/systemd/coredump/* "$output"
kill "$socket" "$journal"
PYTHONPATH=$apport python3 - core "$output/_srv_service_standing.0.crash" <<'PYTHON'
import sys
import problem_report

report = problem_report.ProblemReport("Crash")
report["ExecutablePath"] = "/srv/service/standing"
report["ProcCmdline"] = "./standing 5 out\\ of\\ slots"
report["ProcStatus"] = "Name:\tstanding\nState:\tR (running)\nTgid:\t4242\nPid:\t4242\nPPid:\t1"
report["Signal"] = "6"
report["CoreDump"] = (sys.argv[1],)
with open(sys.argv[2], "wb") as file:
    report.write(file)
PYTHON
head -c 300000 core | lz4 -B4 -BD -c >"$output/linked.lz4"
head -c 300000 core | lz4 -B4 --content-size -BX -c >"$output/independent.lz4"
