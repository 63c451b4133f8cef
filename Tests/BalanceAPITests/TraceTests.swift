import NIOHTTP1
import TestSupport
import Testing

@testable import BalanceAPI

@Suite("Trace IDs")
struct TraceTests {
  private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  @Test("a request's trace ID appears in the header, in the problem and in its URI")
  func requestsTraceIsKept() async throws {
    let server = try await InProcessServer()
    let reply = try await server.ask("/v1/nothing", ["Traceparent": Self.parent])
    #expect(reply.fields[.traceID] == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(reply.problem?["trace_id"] as? String == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(
      reply.problem?["instance"] as? String == "urn:uuid:4bf92f35-77b3-4da6-a3ce-929d0e0e4736")
    #expect(reply.problem?["type"] as? String == "https://errors.hpts.example.com/not_found")
    #expect(reply.problem?["status"] as? Int == 404)
  }

  @Test(
    "an invalid traceparent starts a new trace",
    arguments: [
      "", "00", "00-" + String(repeating: "0", count: 32) + "-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
      "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
      "00-4bf92f3577b34da6a3ce929d0e0e47é-00f067aa0ba902b7-01",
    ])
  func invalidTraceparentStartsATrace(header: String) async throws {
    #expect(TraceID(traceparent: header) == nil)
    let reply = try await InProcessServer().ask("/v1/health/live", ["traceparent": header])
    let trace = try #require(reply.fields[.traceID])
    #expect(trace.wholeMatch(of: /[0-9a-f]{32}/) != nil)
    #expect(trace != "4bf92f3577b34da6a3ce929d0e0e4736")
  }

  @Test(
    "X-Trace-Id names the trace where there is no valid traceparent",
    arguments: [
      "abcd-123", "4BF92F35-77b3-4da6-a3ce-929d0e0e4736", String(repeating: "a", count: 128),
    ])
  func deprecatedTraceNamesTheTrace(name: String) async throws {
    let server = try await InProcessServer()
    let reply = try await server.ask("/v1/nothing", ["x-trace-id": name, "traceparent": "00-0"])
    #expect(reply.fields[.traceID] == name)
    #expect(reply.problem?["trace_id"] as? String == name)
    let instance = try #require(reply.problem?["instance"] as? String)
    #expect(instance.wholeMatch(of: /urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
    let both = try await server.ask(
      "/v1/nothing", ["X-Trace-Id": name, "Traceparent": Self.parent])
    #expect(both.fields[.traceID] == "4bf92f3577b34da6a3ce929d0e0e4736")
  }

  @Test(
    "an invalid X-Trace-Id is ignored",
    arguments: [
      "", "abc-123", String(repeating: "a", count: 129), "abcd 1234", "abcd_1234", "abcd.1234",
      "abcdefg\u{212A}",
      "abcd1234, abcd1234",
    ])
  func invalidDeprecatedTraceIsIgnored(name: String) async throws {
    let reply = try await InProcessServer().ask("/v1/health/live", ["X-Trace-Id": name])
    #expect(reply.fields[.traceID]?.wholeMatch(of: /[0-9a-f]{32}/) != nil)
  }

  @Test("a later version may have more fields")
  func laterVersionMayHaveMoreFields() {
    let header = "01" + Self.parent.dropFirst(2) + "-more"
    #expect(TraceID(traceparent: header)?.description == "4bf92f3577b34da6a3ce929d0e0e4736")
  }

  @Test("new trace IDs are distinct")
  func newTraceIDsAreDistinct() {
    var generator = SeededNumbers(seed: 7)
    let traces = TraceSource(using: &generator)
    let some = (0..<10_000).map { _ in traces.next() }
    #expect(Set(some).count == some.count)
  }
}
