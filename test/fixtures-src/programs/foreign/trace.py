import sys


class Tokenizer:
    def decode(self, ids):
        return [self.vocabulary[i] for i in ids]


def serve(how):
    try:
        Tokenizer().decode([1, 2])
    except AttributeError as error:
        if how == "chained":
            raise RuntimeError("panic: goroutine-like words in python") from error
        raise


serve(sys.argv[1])
