package io.github.tfbit.data;

import java.util.Arrays;

/**
 * Pseudo-random numbers as pure functions of their arguments, so that nothing has a state to save.
 * The mixing function is SplitMix64 (Steele, Lea and Flood, 2014).
 */
public final class Hashes {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Hashes() {}

  /**
   * Mixes 64 bits; a bijection.
   *
   * @param value any number
   * @return one that looks unrelated
   */
  public static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * Mixes two numbers into one.
   *
   * @param a such as a seed
   * @param b such as a counter
   * @return a hash of the pair; the order matters
   */
  public static long mix(long a, long b) {
    return mix(mix(a) + b * GOLDEN);
  }

  /**
   * A permutation: the numbers from 0 sorted by the hashes of (seed, number).
   *
   * @param size how many
   * @param seed which permutation
   * @return a new array with each of 0 to {@code size - 1} once
   */
  public static int[] permutation(int size, long seed) {
    long[] sorted = new long[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = mix(seed, i);
    }
    Arrays.parallelSort(sorted);
    int[] result = new int[size];
    Arrays.fill(result, -1);
    for (int i = 0; i < size; i++) {
      int at = first(sorted, mix(seed, i));
      // Equal hashes (one in 10^7 permutations of a million) keep the order of their numbers.
      while (result[at] >= 0) {
        at++;
      }
      result[at] = i;
    }
    return result;
  }

  /** The first place of a key that is there. */
  private static int first(long[] sorted, long key) {
    int at = Arrays.binarySearch(sorted, key);
    while (at > 0 && sorted[at - 1] == key) {
      at--;
    }
    return at;
  }
}
