#ifndef TIEOUT_CISAL_SHIM_H
#define TIEOUT_CISAL_SHIM_H

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

// The state holds arrays that Swift does not import; so its fields are reached through functions.

static inline struct inflate_state *tieout_isal_new(void) {
  struct inflate_state *state = (struct inflate_state *)malloc(sizeof(struct inflate_state));
  if (state) isal_inflate_init(state);
  return state;
}

static inline void tieout_isal_free(struct inflate_state *state) { free(state); }

// Begins a gzip member: header, checksum and length are all checked.
static inline void tieout_isal_begin_member(struct inflate_state *state) {
  isal_inflate_reset(state);
  state->crc_flag = ISAL_GZIP;
}

static inline void tieout_isal_set_input(struct inflate_state *state, uint8_t *bytes, uint32_t count) {
  state->next_in = bytes;
  state->avail_in = count;
}

static inline void tieout_isal_set_output(struct inflate_state *state, uint8_t *bytes, uint32_t count) {
  state->next_out = bytes;
  state->avail_out = count;
}

static inline uint32_t tieout_isal_input_left(const struct inflate_state *state) { return state->avail_in; }
static inline uint32_t tieout_isal_output_left(const struct inflate_state *state) { return state->avail_out; }
static inline uint8_t tieout_isal_next_byte(const struct inflate_state *state) { return *state->next_in; }
static inline int tieout_isal_has_finished(const struct inflate_state *state) {
  return state->block_state == ISAL_BLOCK_FINISH;
}
static inline int tieout_isal_inflate(struct inflate_state *state) { return isal_inflate(state); }

#endif
