#ifndef NAMES_H
#define NAMES_H

/* Number of the block a tensor belongs to, -1 for none: "blk.12.attn_q.weight" belongs to 12. */
int tensor_block(const char *name);

#endif
