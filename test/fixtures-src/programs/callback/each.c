#include "_cgo_export.h"

int each(int n) {
  int sum = 0;
  for (int i = 0; i <= n; i++) sum += goScore(i);
  return sum;
}
