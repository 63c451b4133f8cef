import Testing

@testable import Operations

@Suite("Metrics as text")
struct MetricsTextTests {
  @Test("say of each metric what it is, once, and of each value whose")
  func gauges() {
    var metrics = MetricsText()
    metrics.gauge("a_seconds", "How long.", 1.5)
    metrics.gauge("b", "Per \"tenant\".", [([("t", "x"), ("c", "a\"b\\c\nd")], 3), ([], 0)])
    metrics.gauge("c", "Nothing to say.", [])
    #expect(
      metrics.text == #"""
        # HELP a_seconds How long.
        # TYPE a_seconds gauge
        a_seconds 1.5
        # HELP b Per "tenant".
        # TYPE b gauge
        b{t="x",c="a\"b\\c\nd"} 3
        b 0

        """#)
  }

  @Test("are read again as they were written")
  func values() {
    var metrics = MetricsText()
    metrics.gauge("a_timestamp_seconds_more", "Another.", 7)
    metrics.gauge("a_timestamp_seconds", "When.", 1_764_000_000)
    #expect(MetricsText.value(of: "a_timestamp_seconds", in: metrics.text) == 1_764_000_000)
    #expect(MetricsText.value(of: "b", in: metrics.text) == nil)
    #expect(MetricsText.value(of: "a", in: "a not a number\n") == nil)
  }
}
