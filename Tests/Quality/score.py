"""Findings against truth: what was found, missed and invented, by type and way."""
import bisect, collections, json

CERTAIN, LIKELY = 0.9, 0.6


class Score:
    """Compares files of known content with the finding stream of one scan."""

    def __init__(self, documents, level):
        self.level = level
        self.documents = {document.path: document for document in documents}
        self.found = collections.Counter()
        self.there = collections.Counter()
        self.right = collections.Counter()
        self.wrong = collections.Counter()
        self.misses, self.inventions = [], []
        self.buckets = collections.defaultdict(lambda: [0, 0])
        self.headers = collections.defaultdict(lambda: [0, 0])
        self.layouts = collections.defaultdict(lambda: [0, 0, 0])
        self.exact = collections.Counter()

    def read(self, stream, strip):
        findings = collections.defaultdict(list)
        with open(stream, encoding="utf-8") as file:
            for line in file:
                item = json.loads(line)
                if item["kind"] == "finding":
                    findings[strip(item["path"])].append(item)
        return findings

    def compare(self, findings):
        for path, document in sorted(self.documents.items()):
            self._file(document, findings.get(path, []))
        return self

    def _file(self, document, findings):
        truths = sorted(document.truths.values(), key=lambda truth: truth.spans[0])
        spans = sorted((start, end, number) for number, truth in enumerate(truths) for start, end in truth.spans)
        starts = [span[0] for span in spans]
        hit = [False] * len(truths)
        way = document.path.split("/")[0]
        for item in findings:
            at, end, type = item["offset"], item["offset"] + item["length"], item["type"]
            index = bisect.bisect_left(starts, end)
            owners = []
            # The ranges do not overlap: behind the first that ends before the finding there is none.
            while index > 0 and spans[index - 1][1] > at:
                index -= 1
                owners.append(spans[index][2])
            right = None
            for number in owners:
                truth = truths[number]
                if type == truth.type or type in truth.also:
                    right = truth
                    break
            counted = item["confidence"] >= self.level
            bucket = self.buckets[min(9, int(item["confidence"] * 10 + 1e-9))]
            bucket[0] += 1
            if right is not None:
                bucket[1] += 1
                if counted:
                    hit[number] = True
                    self.right[type, right.way] += 1
                    if (at, end) in right.spans:
                        self.exact[type, right.way] += 1
            elif counted:
                self.wrong[type, truths[owners[0]].way if owners else way] += 1
                self.layouts[document.layout][2] += 1
                self.inventions.append((type, way, document.layout, document.path, item.get("field"), item.get("value"), item["confidence"], truths[owners[0]].type if owners else ""))
        for truth, seen in zip(truths, hit):
            if not truth.required:
                continue
            self.there[truth.type, truth.way] += 1
            self.found[truth.type, truth.way] += seen
            place = self.layouts[document.layout]
            place[0] += 1
            place[1] += seen
            if truth.way == "column":
                note = self.headers[truth.note]
                note[0] += 1
                note[1] += seen
            if not seen:
                self.misses.append((truth.type, truth.way, document.layout, document.path, truth.note, truth.text))

    def rows(self):
        """(type, way, there, recall, precision, F2) of all that was there or was said to be there."""
        keys = sorted(set(self.there) | set(self.wrong))
        out = []
        for key in keys:
            there, found, right, wrong = self.there[key], self.found[key], self.right[key], self.wrong[key]
            recall = found / there if there else None
            precision = right / (right + wrong) if right + wrong else None
            out.append((key[0], key[1], there, recall, precision, f2(recall, precision), there - found, wrong))
        return out

    def total(self, way):
        there = sum(n for (_, w), n in self.there.items() if w == way)
        found = sum(n for (_, w), n in self.found.items() if w == way)
        right = sum(n for (_, w), n in self.right.items() if w == way)
        wrong = sum(n for (_, w), n in self.wrong.items() if w == way)
        recall = found / there if there else None
        precision = right / (right + wrong) if right + wrong else None
        return there, recall, precision, f2(recall, precision), there - found, wrong

    def calibration(self):
        """(lower bound, findings, share right) for each tenth of confidence."""
        return [(tenth / 10, count, right / count) for tenth, (count, right) in sorted(self.buckets.items()) if count]


def f2(recall, precision):
    if not recall or not precision:
        return 0.0 if recall is not None else None
    return 5 * precision * recall / (4 * precision + recall)
