package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that hard links from the root group lead to. Each object is visited once, under the
 * first name that leads to it, so that circles of links end.
 */
final class Contents {
  /** Longest path in characters. */
  private static final int LONGEST_PATH = 4096;

  private record Visit(String path, long header) {}

  private final Structure s;
  private final Set<Long> seen = new HashSet<>();
  private final Deque<Visit> waiting = new ArrayDeque<>();
  private final Map<Long, Dataset> datasets = new TreeMap<>();
  private final Map<String, Map<String, Attribute>> attributes = new HashMap<>();

  private Contents(Structure s) {
    this.s = s;
  }

  static Contents read(Structure s) throws IOException {
    Contents contents = new Contents(s);
    contents.waiting.add(new Visit("", Superblock.read(s).root()));
    while (!contents.waiting.isEmpty()) {
      Visit next = contents.waiting.remove();
      if (contents.seen.add(next.header())) {
        contents.visit(next);
      }
    }
    return contents;
  }

  /** The datasets, in the order of their headers in the file, which is that of their creation. */
  List<Dataset> datasets() {
    return List.copyOf(datasets.values());
  }

  /** The attributes of each object by its path. */
  Map<String, Map<String, Attribute>> attributes() {
    return attributes;
  }

  private void visit(Visit v) throws IOException {
    ObjectHeader header = ObjectHeader.read(s, v.header());
    boolean group = Group.is(header);
    if (group && Dataset.is(header)) {
      throw corrupt(header.where(), "a group or a dataset", "both");
    }
    if (group) {
      addLinks(v.path(), Group.links(header, s));
    } else if (Dataset.is(header)) {
      datasets.put(v.header(), Dataset.of(header, v.path(), s));
    }
    attributes.put(v.path(), attributes(header));
  }

  private void addLinks(String parent, List<Link> links) throws IOException {
    Set<String> names = new HashSet<>();
    for (Link link : links) {
      String path = parent.isEmpty() ? link.name() : parent + "/" + link.name();
      s.spend(Structure.OBJECT + path.length());
      if (path.length() > LONGEST_PATH) {
        String limit = "paths of at most " + LONGEST_PATH + " characters";
        throw unsupported(s.file(), limit, path.length() + "", "no Keras file has such names");
      }
      if (!names.add(link.name())) {
        throw corrupt(s.file(), "each name once in a group", "'" + path + "' twice");
      }
      waiting.add(new Visit(path, link.header()));
    }
  }

  private Map<String, Attribute> attributes(ObjectHeader header) throws IOException {
    Map<String, Attribute> found = new HashMap<>();
    List<Fields> messages = new ArrayList<>(header.all(MessageType.ATTRIBUTE));
    Optional<Fields> info = header.one(MessageType.ATTRIBUTE_INFO);
    if (info.isPresent()) {
      messages.addAll(Dense.attributes(info.get(), s));
    }
    for (Fields message : messages) {
      Attribute a = Attribute.of(message);
      if (found.put(a.name(), a) != null) {
        throw corrupt(header.where(), "each attribute once", "'" + a.name() + "' twice");
      }
    }
    return found;
  }
}
