package uk.cpis.gateway.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tree of SHA-256 over records, in the manner of RFC 6962: a leaf is hashed with 0 before it, a
 * node with 1, so that neither can be taken for the other. Each leaf has a salt of its own: the
 * hash of a record that is not shown says nothing to somebody who guesses what it may hold.
 */
public final class MerkleTree {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private MerkleTree() {}

  /** The hash of one record. */
  public static byte[] leaf(byte[] salt, byte[] record) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    digest.update(salt);
    return digest.digest(record);
  }

  /** The root over these leaves, of which there is at least one. */
  public static byte[] root(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int left = left(leaves.size());
    return node(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
  }

  /** What leads from the leaf at this place to the root: the neighbours, the nearest first. */
  public static List<byte[]> path(List<byte[]> leaves, int place) {
    if (leaves.size() == 1) {
      return new ArrayList<>();
    }
    int left = left(leaves.size());
    List<byte[]> lefts = leaves.subList(0, left);
    List<byte[]> rights = leaves.subList(left, leaves.size());
    List<byte[]> path = place < left ? path(lefts, place) : path(rights, place - left);
    path.add(root(place < left ? rights : lefts));
    return path;
  }

  /** The root that this path leads to from a leaf; empty when the path has another length. */
  public static Optional<byte[]> root(byte[] leaf, int place, int count, List<byte[]> path) {
    if (count == 1) {
      return path.isEmpty() ? Optional.of(leaf) : Optional.empty();
    }
    if (path.isEmpty()) {
      return Optional.empty();
    }
    int left = left(count);
    byte[] neighbour = path.get(path.size() - 1);
    List<byte[]> below = path.subList(0, path.size() - 1);
    return place < left
        ? root(leaf, place, left, below).map(own -> node(own, neighbour))
        : root(leaf, place - left, count - left, below).map(own -> node(neighbour, own));
  }

  /** The largest power of two that is smaller. */
  private static int left(int count) {
    return Integer.highestOneBit(count - 1);
  }

  private static byte[] node(byte[] left, byte[] right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
