internal import BreachModel

/// The first few of many elements in an order of which the rest need not be kept.
///
/// Elements of which neither precedes the other stay in the order in which they came.
package struct Foremost<Element> {
  private let most: Int
  private let precedes: (Element, Element) -> Bool
  private var kept: [Element] = []
  /// The last one that is wanted, once there are enough.
  private var last: Element?

  /// Keeps the `most` first ones; up to twice as many, and at least a thousand, are in memory.
  package init(_ most: Int, by precedes: @escaping (Element, Element) -> Bool) {
    (self.most, self.precedes) = (most, precedes)
  }

  package mutating func append(_ element: Element) {
    if let last, !precedes(element, last) { return }
    kept.append(element)
    // Now and then is enough: sorting costs more than keeping.
    if kept.count > max(1_000, most.clampedSum(most)) { cut() }
  }

  private mutating func cut() {
    kept.sort(by: precedes)
    if kept.count < most { return }
    kept.removeLast(kept.count - most)
    last = kept.last
  }

  /// In their order.
  package var sorted: [Element] {
    var copy = self
    copy.cut()
    return copy.kept
  }
}
