"""Writes the lists of ImageNet's and CIFAR-10's class names that tfbit carries.

    python3 make_labels.py WORDNET TIMM OUT

WORDNET is the directory with WordNet 3.0's data.noun (Debian package wordnet-base 1:3.0-37), TIMM
the directory timm/data/_info of timm 1.0.29, OUT the directory of the resources.

Which synsets are classes, and in which order, is read from timm's lists of ids; the words of each
are read from WordNet itself. timm has words of its own, with which they are compared.
The lists of other data sets beside them are those of TensorFlow Datasets at its builders of 2020.
Not run by the build.
"""

import pathlib
import sys

SETS = {"ilsvrc2012": "imagenet_synsets.txt", "imagenet_21k": "imagenet21k_goog_synsets.txt"}
PUBLISHED_BYTES = 21675  # of ilsvrc2012_wordnet_lemmas.txt

CIFAR_10 = "airplane automobile bird cat deer dog frog horse ship truck".split()


def synsets(data_noun):
    """Words by offset: `offset lex_filenum ss_type w_cnt word lex_id [word lex_id...] ...`."""
    words = {}
    for line in data_noun.read_text("latin-1").splitlines():
        if line.startswith("  "):  # the licence
            continue
        fields = line.split(" ")
        count = int(fields[3], 16)
        words[fields[0]] = [fields[4 + 2 * i].replace("_", " ") for i in range(count)]
    return words


def main(wordnet, timm, out):
    words = synsets(wordnet / "data.noun")
    lemmas = (timm / "imagenet_synset_to_lemma.txt").read_text("utf-8").splitlines()
    theirs = dict(line.split("\t", 1) for line in lemmas)
    for name, source in SETS.items():
        ids = (timm / source).read_text("utf-8").split()
        assert ids == sorted(set(ids)), name
        lines = [(i, ", ".join(words[i[1:]])) for i in ids]
        differ = [i for i, text in lines if theirs[i] != text]
        text = "".join(f"{i}\t{w}\n" for i, w in lines)
        (out / f"{name}.tsv").write_text(text, "utf-8", newline="\n")
        print(name, len(lines), "classes,", len(differ), "differ from timm's words")
        if name == "ilsvrc2012":
            size = sum(len(w.encode()) + 1 for _, w in lines)
            print("  words alone:", size, "bytes; the published file has", PUBLISHED_BYTES)
    (out / "cifar_10.tsv").write_text("\n".join(CIFAR_10) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
