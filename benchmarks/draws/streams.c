// Streams of named draws, and Philox4x32-10 beside them, as 32-bit words: written to standard output without
// end, or put before the batteries of TestU01 (when compiled with -DTESTU01).
//
//     streams STREAM FORM SEED raw COUNT | small | crush | big
//
// COUNT is the number of 64-bit words to write, 0 for no end. The named draws themselves come from draws.h,
// which is translated from the rules.

#include "draws.h"
#include <stdio.h>
#include <string.h>

#ifdef TESTU01
#include <bbattery.h>
#include <swrite.h>
#include <unif01.h>
#endif

static int64_t seed;
static uint64_t key; // of one world, for the streams that stay in it

// Identities as far apart as hashes are: the fractional parts of square roots (the initial values of SHA-512).
static const uint64_t WHO[8] = {
    UINT64_C(0x6a09e667f3bcc908), UINT64_C(0xbb67ae8584caa73b), UINT64_C(0x3c6ef372fe94f82b),
    UINT64_C(0xa54ff53a5f1d36f1), UINT64_C(0x510e527fade682d1), UINT64_C(0x9b05688c2b3e6c1f),
    UINT64_C(0x1f83d9abfb41bd6b), UINT64_C(0x5be0cd19137e2179),
};

static uint64_t by_when(uint64_t n) { return bits(key, 5, WHO[0], (int64_t)n); }
static uint64_t by_world(uint64_t n) { return bits(world_key(seed, (int64_t)n, 0), 3, WHO[0], 0); }
static uint64_t by_seed(uint64_t n) { return bits(world_key(seed + (int64_t)n, 17, 0), 3, WHO[0], 0); }
static uint64_t by_who(uint64_t n) { return bits(key, 3, n, 0); }
static uint64_t by_purpose(uint64_t n) { return bits(key, (int64_t)n, WHO[0], 0); }
static uint64_t by_branch(uint64_t n) { return bits(world_key(seed, 17, (int64_t)n), 3, WHO[0], 0); }
static uint64_t by_key(uint64_t n) { return world_key(seed, (int64_t)n, 0); }

// As a course draws them: in each of 40 rounds 14 purposes for 8 identities, then the next world.
static uint64_t as_played(uint64_t n) {
    const uint64_t round = n / (8 * 14);
    return bits(world_key(seed, (int64_t)(round / 40), 0), (int64_t)(1 + n / 8 % 14), WHO[n % 8], (int64_t)(round % 40));
}

// The other way round: one draw after another, each in 4,096 neighbouring worlds.
static uint64_t across_worlds(uint64_t n) {
    const uint64_t place = n / 4096;
    return bits(world_key(seed, (int64_t)(n % 4096), 0), (int64_t)(1 + place % 14), WHO[place / 14 % 8], (int64_t)(place / 112));
}

// Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): ten rounds of two multiplications, the key bumped between.
static void philox_block(const uint32_t counter[4], const uint32_t of[2], uint32_t out[4]) {
    uint32_t a = counter[0], b = counter[1], c = counter[2], d = counter[3], k0 = of[0], k1 = of[1];
    for (int round = 0; round < 10; round++) {
        const uint64_t left = UINT64_C(0xD2511F53) * a, right = UINT64_C(0xCD9E8D57) * c;
        a = (uint32_t)(right >> 32) ^ b ^ k0;
        b = (uint32_t)right;
        c = (uint32_t)(left >> 32) ^ d ^ k1;
        d = (uint32_t)left;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[0] = a, out[1] = b, out[2] = c, out[3] = d;
}

static uint64_t philox(uint64_t n) {
    const uint32_t counter[4] = {(uint32_t)(n >> 1), (uint32_t)(n >> 33), 0, 0};
    const uint32_t of[2] = {(uint32_t)seed, (uint32_t)((uint64_t)seed >> 32)};
    uint32_t out[4];
    philox_block(counter, of, out);
    return n & 1 ? (uint64_t)out[3] << 32 | out[2] : (uint64_t)out[1] << 32 | out[0];
}

// What a battery must find: the counter itself, stirred by one multiplication only.
static uint64_t bad(uint64_t n) { return (n + (uint64_t)seed) * UINT64_C(0x9E3779B97F4A7C15); }

static const struct { const char *name; uint64_t (*word)(uint64_t); } STREAMS[] = {
    {"when", by_when}, {"world", by_world}, {"seed", by_seed}, {"who", by_who}, {"purpose", by_purpose},
    {"branch", by_branch}, {"key", by_key}, {"played", as_played}, {"across", across_worlds},
    {"philox", philox}, {"bad", bad},
};

static uint64_t (*word_at)(uint64_t);
static uint64_t place;  // of the next word
static uint64_t halves; // how many halves of a word are used: 2, or only one of them
static int shift;       // which half comes first, or alone
static bool turned;     // bits in reverse
static uint64_t word;
static bool other_half;

static uint64_t turn(uint64_t z) {
    z = (z >> 1 & UINT64_C(0x5555555555555555)) | (z & UINT64_C(0x5555555555555555)) << 1;
    z = (z >> 2 & UINT64_C(0x3333333333333333)) | (z & UINT64_C(0x3333333333333333)) << 2;
    z = (z >> 4 & UINT64_C(0x0F0F0F0F0F0F0F0F)) | (z & UINT64_C(0x0F0F0F0F0F0F0F0F)) << 4;
    return __builtin_bswap64(z);
}

static unsigned int next32(void) {
    if (other_half) {
        other_half = false;
        return (unsigned int)(word >> 32);
    }
    word = word_at(place++);
    if (turned) word = turn(word);
    other_half = halves == 2;
    return (unsigned int)(word >> shift);
}

static int take_form(const char *form) {
    halves = strcmp(form, "high") && strcmp(form, "low") ? 2 : 1;
    shift = strcmp(form, "high") ? 0 : 32;
    turned = !strcmp(form, "reversed");
    return turned || halves == 1 || !strcmp(form, "raw");
}

static void write_words(uint64_t count) {
    static uint32_t buffer[1 << 14];
    const size_t size = sizeof buffer / sizeof *buffer;
    for (uint64_t left = count * halves; count == 0 || left > 0;) {
        const size_t now = count == 0 || left > size ? size : (size_t)left;
        for (size_t i = 0; i < now; i++) buffer[i] = next32();
        if (fwrite(buffer, sizeof *buffer, now, stdout) < now) return;
        left -= now;
    }
}

#ifdef TESTU01
static int run_battery(const char *which) {
    swrite_Basic = FALSE;
    unif01_Gen *generator = unif01_CreateExternGenBits("stream", next32);
    if (!strcmp(which, "small")) bbattery_SmallCrush(generator);
    else if (!strcmp(which, "crush")) bbattery_Crush(generator);
    else if (!strcmp(which, "big")) bbattery_BigCrush(generator);
    else return 2;
    for (int i = 0; i < bbattery_NTests; i++) printf("p\t%.17g\t%s\n", bbattery_pVal[i], bbattery_TestNames[i]);
    return 0;
}
#else
static int run_battery(const char *which) {
    fprintf(stderr, "%s: compiled without TestU01\n", which);
    return 2;
}
#endif

int main(int count, char **words) {
    if (count < 5 || !take_form(words[2])) return 2;
    for (size_t i = 0; i < sizeof STREAMS / sizeof *STREAMS; i++)
        if (!strcmp(words[1], STREAMS[i].name)) word_at = STREAMS[i].word;
    if (!word_at) return 2;
    seed = atoll(words[3]);
    key = world_key(seed, 17, 0);
    if (strcmp(words[4], "raw")) return run_battery(words[4]);
    write_words(count > 5 ? strtoull(words[5], NULL, 10) : 0);
    return 0;
}
