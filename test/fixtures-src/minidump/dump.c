/*
 * Runs a program as its debugger and writes a minidump with dbghelp where it fails: at an exception nobody handled, or
 * where a Go program with GOTRACEBACK=wer calls RaiseFailFastException, which under Windows makes Windows Error
 * Reporting do this; Wine only ends the program there.
 *
 * usage: dump TYPE FILE PROGRAM [ARGUMENT...]    TYPE is a MINIDUMP_TYPE, 2 for all memory
 */
#include <windows.h>
#include <dbghelp.h>
#include <stdio.h>
#include <stdlib.h>

static PROCESS_INFORMATION program;
static const char *file;
static DWORD type;

static void copy(void *to, DWORD64 from, SIZE_T size) {
  SIZE_T done;
  ReadProcessMemory(program.hProcess, (void *)from, to, size, &done);
}

static BYTE patch(BYTE *at, BYTE with) {
  BYTE before = 0;
  SIZE_T done;
  copy(&before, (DWORD64)at, 1);
  WriteProcessMemory(program.hProcess, at, &with, 1, &done);
  return before;
}

static int writeDump(DWORD thread, EXCEPTION_RECORD *record, CONTEXT *context) {
  HANDLE out = CreateFileA(file, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
  EXCEPTION_POINTERS pointers = {record, context};
  MINIDUMP_EXCEPTION_INFORMATION info = {thread, &pointers, FALSE};
  BOOL written = MiniDumpWriteDump(program.hProcess, program.dwProcessId, out, type, &info, NULL, NULL);
  CloseHandle(out);
  TerminateProcess(program.hProcess, record->ExceptionCode);
  fprintf(stderr, "%s: exception %#lx on thread %lu\n", written ? file : "no dump", record->ExceptionCode, thread);
  return written ? 0 : 3;
}

/* The record and the context the caller gave, as WER is given them. */
static int atFailFast(DWORD thread, HANDLE handle, CONTEXT *context, BYTE *failFast, BYTE original) {
  EXCEPTION_RECORD record;
  CONTEXT given;
  patch(failFast, original);
  context->Rip = (DWORD64)failFast;
  SetThreadContext(handle, context);
  given = *context;
  copy(&record, context->Rcx, sizeof record);
  if (context->R8 & 1) copy(&record.ExceptionAddress, context->Rsp, sizeof record.ExceptionAddress);
  if (context->Rdx) copy(&given, context->Rdx, sizeof given);
  return writeDump(thread, &record, &given);
}

int main(int count, char **words) {
  char line[4096] = "";
  STARTUPINFOA start = {sizeof start};
  /* Libraries of the system lie at the same place in every process. */
  BYTE *failFast = (BYTE *)GetProcAddress(GetModuleHandleA("kernelbase.dll"), "RaiseFailFastException");
  BYTE original = 0;
  int armed = 0;
  DEBUG_EVENT event;
  if (count < 4) return fprintf(stderr, "usage: dump TYPE FILE PROGRAM [ARGUMENT...]\n"), 2;
  type = strtoul(words[1], NULL, 0);
  file = words[2];
  for (int at = 3; at < count; at++) strcat(strcat(line, at > 3 ? " " : ""), words[at]);
  if (!CreateProcessA(NULL, line, NULL, NULL, TRUE, DEBUG_ONLY_THIS_PROCESS, NULL, NULL, &start, &program))
    return fprintf(stderr, "CreateProcess: %lu\n", GetLastError()), 2;
  while (WaitForDebugEvent(&event, 60000)) {
    DWORD how = DBG_CONTINUE;
    if (event.dwDebugEventCode == EXIT_PROCESS_DEBUG_EVENT)
      return fprintf(stderr, "it ended with status %lu\n", event.u.ExitProcess.dwExitCode), 1;
    if (event.dwDebugEventCode == EXCEPTION_DEBUG_EVENT) {
      EXCEPTION_RECORD record = event.u.Exception.ExceptionRecord;
      HANDLE thread = OpenThread(THREAD_ALL_ACCESS, FALSE, event.dwThreadId);
      CONTEXT context = {0};
      context.ContextFlags = CONTEXT_ALL;
      GetThreadContext(thread, &context);
      how = DBG_EXCEPTION_NOT_HANDLED;
      if (!armed && record.ExceptionCode == EXCEPTION_BREAKPOINT) {
        /* The one every debugged process begins with. */
        original = patch(failFast, 0xcc);
        armed = 1;
        how = DBG_CONTINUE;
      } else if (record.ExceptionCode == EXCEPTION_BREAKPOINT && record.ExceptionAddress == failFast)
        return atFailFast(event.dwThreadId, thread, &context, failFast, original);
      else if (!event.u.Exception.dwFirstChance)
        return writeDump(event.dwThreadId, &record, &context);
      CloseHandle(thread);
    }
    ContinueDebugEvent(event.dwProcessId, event.dwThreadId, how);
  }
  return 4;
}
