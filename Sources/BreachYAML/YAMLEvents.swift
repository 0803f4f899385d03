internal import BreachModel
internal import CYAML

/// What libyaml finds in a text, one event after the other.
///
/// The parser holds pointers into itself and into the text: it stands still on the heap, and the text
/// is there as long as it.
@safe
struct YAMLEvents: ~Copyable {
  /// What comes next in the document.
  enum Event {
    case scalar(String)
    case sequence
    case mapping
    /// The end of the last sequence or mapping.
    case end
    case alias
    case document
    case stream
  }

  // SAFETY: both are made here, freed in `deinit`, and given to nobody.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let path: String
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where the last event begins.
  private(set) var place = PatternNode.Place(line: 1, column: 1)
  /// The last event bears an anchor.
  private(set) var isAnchored = false

  /// Events of `bytes`, UTF-8, which have to outlive this.
  init(_ bytes: UnsafeBufferPointer<UInt8>, path: String) {
    unsafe parser = .allocate(capacity: 1)
    self.path = path
    unsafe self.bytes = unsafe bytes
    unsafe yaml_parser_initialize(parser)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
  }

  /// The next event; beginnings of streams and documents, which say nothing, are passed over.
  mutating func next() throws(PatternError) -> Event {
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure }
      // SAFETY: the event's texts are copied before it is freed.
      defer { unsafe yaml_event_delete(&event) }
      place = unsafe Self.place(event.start_mark)
      isAnchored = false
      switch unsafe event.type {
      case YAML_SCALAR_EVENT:
        let scalar = unsafe event.data.scalar
        isAnchored = unsafe scalar.anchor != nil
        let text = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        return .scalar(unsafe String(decoding: text, as: UTF8.self))
      case YAML_SEQUENCE_START_EVENT:
        isAnchored = unsafe event.data.sequence_start.anchor != nil
        return .sequence
      case YAML_MAPPING_START_EVENT:
        isAnchored = unsafe event.data.mapping_start.anchor != nil
        return .mapping
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
      case YAML_ALIAS_EVENT: return .alias
      case YAML_DOCUMENT_START_EVENT: return .document
      case YAML_STREAM_END_EVENT: return .stream
      default: continue
      }
    }
  }

  /// What the parser could not read, and where.
  private var failure: PatternError {
    let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) }
    let message = "YAML: \(problem ?? "out of memory")"
    let isByte = unsafe parser.pointee.error == YAML_READER_ERROR
    let place =
      unsafe isByte
      ? place(ofByte: parser.pointee.problem_offset) : Self.place(parser.pointee.problem_mark)
    return PatternError(path: path, place: place, message: message)
  }

  private func place(ofByte offset: Int) -> PatternNode.Place {
    var place = PatternNode.Place(line: 1, column: 1)
    for index in unsafe 0..<min(offset, bytes.count) {
      let byte = unsafe bytes[index]
      if byte == 0x0A {
        place = PatternNode.Place(line: place.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        place.column += 1
      }
    }
    return place
  }

  private static func place(_ mark: yaml_mark_t) -> PatternNode.Place {
    PatternNode.Place(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
