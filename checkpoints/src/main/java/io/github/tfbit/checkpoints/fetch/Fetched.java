package io.github.tfbit.checkpoints.fetch;

import java.util.List;
import java.util.Optional;

/**
 * A file that has been fetched whole and verified, under its temporary name.
 *
 * @param address where it came from
 * @param bytes its length
 * @param sha256 its checksum
 * @param etag the server's name for this version, if it has a strong one
 * @param verified checksums that it was compared with
 */
record Fetched(
    String address, long bytes, Hash sha256, Optional<String> etag, List<Hash> verified) {
  Fetched {
    verified = List.copyOf(verified);
  }
}
