import ctypes
import sys

library = ctypes.CDLL("./libscore.so")
if sys.argv[1] == "score":
    library.goScore(9)
else:
    ctypes.string_at(8)
