import java.util.*;
import java.util.concurrent.*;

public class Trace {
    static int decode(List<Integer> ids) { return ids.get(7); }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("threads")) {
            Object lock = new Object();
            Thread t = new Thread(() -> { synchronized (lock) { try { lock.wait(); } catch (InterruptedException e) { } } }, "decoder");
            t.setDaemon(true);
            t.start();
            Thread.sleep(200);
            for (Map.Entry<Thread, StackTraceElement[]> e : Thread.getAllStackTraces().entrySet()) {
                System.err.println("\"" + e.getKey().getName() + "\" #" + e.getKey().getId() + " " + e.getKey().getState());
                for (StackTraceElement f : e.getValue()) System.err.println("\tat " + f);
                System.err.println();
            }
            return;
        }
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            pool.submit(() -> decode(new ArrayList<>())).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("fatal error: request failed", e);
        } finally {
            pool.shutdown();
        }
    }
}
