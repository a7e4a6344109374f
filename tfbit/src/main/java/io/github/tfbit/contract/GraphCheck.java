package io.github.tfbit.contract;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.NodeDef;

/** What the graph holds, and what it had better not. */
final class GraphCheck {
  private static final Pattern TRAINING =
      Pattern.compile(
          "Random.*|Stateless(Random|Truncated|Parameterized).*|ParameterizedTruncatedNormal|"
              + "TruncatedNormal|Multinomial|.*Grad(V\\d)?|.*BackpropFilter(V\\d)?|"
              + "(Sparse|Resource|ResourceSparse)?Apply[A-Z].*|SymbolicGradient");
  private static final Pattern ASSIGNING =
      Pattern.compile("Assign(Add|Sub)?(VariableOp)?|Resource(Scatter|StridedSliceAssign).*");
  private static final Pattern FILES =
      Pattern.compile(
          "(Read|Write)File|MatchingFiles|Save(V2|Slices)?|MergeV2Checkpoints|RestoreSlice|"
              + "(WholeFile|TextLine|FixedLengthRecord|TFRecord)Reader.*|"
              + "(TFRecord|TextLine|FixedLengthRecord)Dataset.*|.*SummaryWriter|"
              + "(Eager|Stateless)?PyFunc.*|DebugIdentity.*|PrintV2|SaveDataset.*|SnapshotDataset.*");
  private static final Pattern MACHINE =
      Pattern.compile(
          "(?<![\\w.])(/(home|Users|root|tmp|private|work|mnt|workspace|var/folders)/[\\w.-]+"
              + "|[A-Z]:\\\\+(Users|Temp)\\\\+[\\w.-]+)");

  /** Python's TensorFlow puts restoring there, and every server has one. */
  private static final Pattern CPU =
      Pattern.compile("/(device:)?CPU:[0*]", Pattern.CASE_INSENSITIVE);

  private static final int CHUNK = 1 << 20;
  private static final int OVERLAP = 256;

  private final Subject subject;
  private final Findings findings;

  private GraphCheck(Subject subject, Findings findings) {
    this.subject = subject;
    this.findings = findings;
  }

  static void look(Subject subject, Findings findings) {
    GraphCheck check = new GraphCheck(subject, findings);
    GraphView graph = subject.graph();
    int nodes = graph.everywhere().size();
    findings.judge(Rule.GRAPH_WHOLE, graph.faults(), nodes + " nodes");
    check.operations();
    check.attributes();
    check.training();
    check.leftovers();
    findings.judge(
        Rule.NO_FILE_OPS,
        check.named(subject.answering(), n -> FILES.matcher(n.getOp()).matches()),
        "none");
    findings.judge(Rule.NO_MACHINE_PATHS, machinePaths(subject.bytes()), "none");
    check.assets();
  }

  private List<String> named(Collection<NodeDef> nodes, Predicate<NodeDef> wanted) {
    return nodes.stream().filter(wanted).map(n -> n.getName() + " (" + n.getOp() + ")").toList();
  }

  private void operations() {
    GraphView graph = subject.graph();
    Set<String> unknown = new TreeSet<>();
    Set<String> kinds = new HashSet<>();
    for (NodeDef node : graph.everywhere()) {
      kinds.add(node.getOp());
      if (!subject.ops().isKnown(node.getOp()) && !graph.isFunction(node.getOp())) {
        unknown.add(node.getOp());
      }
    }
    findings.judge(Rule.KNOWN_OPS, unknown, kinds.size() + " kinds, all known");
    Set<NodeDef> answering = subject.answering();
    findings.judge(
        Rule.NO_DEVICES,
        named(
            graph.everywhere(),
            n ->
                !n.getDevice().isEmpty()
                    && (answering.contains(n) || !CPU.matcher(n.getDevice()).matches())),
        "none that matters");
  }

  private void attributes() {
    if (!subject.meta().getMetaInfoDef().getStrippedDefaultAttrs()) {
      findings.skip(Rule.DEFAULTS_STRIPPED, "stripped_default_attrs is not set");
      return;
    }
    List<String> faults = new ArrayList<>();
    for (NodeDef node : subject.graph().everywhere()) {
      node.getAttrMap()
          .forEach(
              (name, value) -> {
                if (subject.ops().isDefault(node.getOp(), name, value)) {
                  faults.add(node.getName() + " says " + name + " with its default");
                }
              });
    }
    findings.judge(Rule.DEFAULTS_STRIPPED, faults, "none is said");
  }

  private void training() {
    findings.judge(
        Rule.NO_TRAINING_OPS,
        named(
            subject.answering(),
            n -> TRAINING.matcher(n.getOp()).matches() || ASSIGNING.matcher(n.getOp()).matches()),
        "none");
  }

  private void leftovers() {
    Set<NodeDef> loading = subject.loading();
    findings.judge(
        Rule.NO_LEFTOVERS,
        named(
            subject.graph().nodes(),
            n ->
                n.getName().equals("Init")
                    || (ASSIGNING.matcher(n.getOp()).matches() && !loading.contains(n))),
        "none");
  }

  private void assets() {
    List<AssetFileDef> assets = subject.meta().getAssetFileDefList();
    if (assets.isEmpty()) {
      findings.skip(Rule.ASSETS_INSIDE, "the graph names no files");
      return;
    }
    List<String> faults = new ArrayList<>();
    Path folder = subject.directory().resolve("assets").normalize();
    for (AssetFileDef asset : assets) {
      String name = asset.getFilename();
      Path file = folder.resolve(name.replace('\0', '?')).normalize();
      if (!file.startsWith(folder) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        faults.add(name + " is not in assets/");
      }
    }
    findings.judge(Rule.ASSETS_INSIDE, faults, assets.size() + " files");
  }

  /** Looks at the bytes, because a path may stand anywhere in them. */
  private static Set<String> machinePaths(ByteString bytes) {
    Set<String> paths = new TreeSet<>();
    for (int at = 0; at < bytes.size(); at += CHUNK) {
      ByteString part = bytes.substring(at, Math.min(bytes.size(), at + CHUNK + OVERLAP));
      Matcher m = MACHINE.matcher(part.toString(StandardCharsets.ISO_8859_1));
      while (m.find()) {
        paths.add(m.group());
      }
    }
    return paths;
  }
}
