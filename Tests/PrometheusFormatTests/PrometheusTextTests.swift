import PrometheusFormat
import Testing

@Suite("Prometheus text format")
struct PrometheusTextTests {
  @Test("each family has its help and type once, and label values are escaped")
  func familiesHaveHelpAndTypeOnce() {
    var page = PrometheusText()
    page.gauge("a_seconds", help: "How long.", 1.5)
    page.gauge(
      "b", help: "Per \"tenant\".",
      [([("t", "x"), ("c", "a\"b\\c\nd")], 3), ([], 0)])
    page.gauge("c", help: "A gauge without samples is left out.", [])
    page.family("d_total", .counter, help: "A backslash \\ is escaped.", value: "7")
    page.family("e", .histogram, help: "Several samples.")
    page.sample("e_bucket", [("le", "+Inf")], "2")
    page.sample("e_count", [], "2")
    #expect(
      page.text == #"""
        # HELP a_seconds How long.
        # TYPE a_seconds gauge
        a_seconds 1.5
        # HELP b Per "tenant".
        # TYPE b gauge
        b{t="x",c="a\"b\\c\nd"} 3
        b 0
        # HELP d_total A backslash \\ is escaped.
        # TYPE d_total counter
        d_total 7
        # HELP e Several samples.
        # TYPE e histogram
        e_bucket{le="+Inf"} 2
        e_count 2

        """#)
  }

  @Test("a value can be read back from a page")
  func valueIsReadBack() {
    var page = PrometheusText()
    page.gauge("a_timestamp_seconds_more", help: "Another.", 7)
    page.gauge("a_timestamp_seconds", help: "When.", 1_764_000_000)
    #expect(PrometheusText.value(of: "a_timestamp_seconds", in: page.text) == 1_764_000_000)
    #expect(PrometheusText.value(of: "b", in: page.text) == nil)
    #expect(PrometheusText.value(of: "a", in: "a not a number\n") == nil)
  }
}
