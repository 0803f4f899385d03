import BreachDetectors
import BreachPatterns
import Testing

/// The examples of every detector file, through the whole engine.
@Suite struct ExampleTests {
  @Test func everyExampleHolds() throws {
    let runner = ExampleRunner(try DetectorSet(try PatternLibrary()))
    for failure in runner.run() { Issue.record("\(failure)") }
  }
}
