import Foundation
import PackagePlugin

/// Packs every YAML file under `Patterns/` into the target, so that adding a file is enough.
///
/// The link `Patterns` beside this file makes the folder part of this target's tree: the build is
/// planned anew, and this plugin asked again, only when a file appears or goes there.
@main
struct EmbedPatterns: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Patterns")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedPatterns.swift")
    let paths = patternPaths(below: folder)
    return [
      .buildCommand(
        displayName: "Packing \(paths.count) pattern files",
        executable: try context.tool(named: "EmbedPatternsTool").url,
        arguments: [output.path(percentEncoded: false), folder.path(percentEncoded: false)] + paths,
        inputFiles: paths.map { folder.appending(path: $0) },
        outputFiles: [output]
      )
    ]
  }

  private func patternPaths(below folder: URL) -> [String] {
    let entries = FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))
    return (entries?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".yaml") && !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
      .sorted()
  }
}
