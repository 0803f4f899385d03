internal import BreachModel

/// The whole result as one document of the schema `breachscope.result/1`.
package enum JSONReport: Report {
  package static let fileExtensions = ["json"]

  package static func render<Sink: ByteSink>(
    _ content: ReportContent,
    options: ReportOptions,
    into sink: inout Sink
  ) throws(Sink.Failure) {
    let result = content.result
    // Files can be a million; all other parts are small, so files go out one by one.
    let parts = ResultEncoder.members(of: result)
    var bytes = Array("{".utf8)
    for (position, part) in parts.enumerated() {
      bytes.append(contentsOf: (position == 0 ? "\n  " : ",\n  ").utf8)
      JSONWriter.append(part.key, to: &bytes)
      bytes.append(contentsOf: ": ".utf8)
      JSONWriter.append(part.value, to: &bytes, style: .pretty, indent: 1)
    }
    bytes.append(contentsOf: ",\n  \"files\": [".utf8)
    for (position, file) in result.files.enumerated() {
      bytes.append(contentsOf: (position == 0 ? "\n    " : ",\n    ").utf8)
      JSONWriter.append(ResultEncoder.file(file), to: &bytes)
      if bytes.count >= 1 << 16 {
        try sink.append(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    bytes.append(contentsOf: (result.files.isEmpty ? "]\n}\n" : "\n  ]\n}\n").utf8)
    try sink.append(bytes)
  }
}
