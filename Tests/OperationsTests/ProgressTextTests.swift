import LedgerDomain
import Testing

@testable import CloseJob
@testable import Operations

@Suite("Progress text")
struct ProgressTextTests {
  private func date(_ number: Int, closing: Bool = false) throws -> RunState.RunningDate {
    RunState.RunningDate(
      tenant: try #require(TenantID("0f000000-0000-4000-8000-00000000000a")),
      date: try #require(BusinessDate("2026-01-0\(number)")), isClosing: closing,
      bytesRead: 12_300_000, bytes: 27_100_000, records: 41_234)
  }

  private func state(running: Int = 2) throws -> RunState {
    var state = RunState()
    state.running = try (1...running).map { try date($0, closing: $0 == 1) }
    (state.datesClosed, state.datesPlanned) = (12, 400)
    (state.bytesRead, state.bytes, state.records) = (1_200_000_000, 3_600_000_000, 22_800_000)
    state.elapsed = .seconds(12)
    return state
  }

  private func text(_ state: RunState) -> ProgressText {
    var rate = ProgressRate()
    rate.record(state)
    return ProgressText(state: state, rate: rate)
  }

  @Test("fits a terminal of any width", arguments: [1, 10, 20, 40, 60, 80, 100, 120, 300])
  func linesFitTerminal(columns: Int) throws {
    let lines = text(try state()).lines(columns: columns, rows: 24)
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.count < max(2, columns) }, "\(lines)")
  }

  @Test("shows bytes, share, entries per second and time left at 80 columns")
  func eightyColumnsShowBytesShareRateAndTimeLeft() throws {
    #expect(
      text(try state()).lines(columns: 80, rows: 24) == [
        "0f000000  2026-01-01  closing  [###########--------------]   45 %  12.3/27.1 MB",
        "0f000000  2026-01-02  reading  [###########--------------]   45 %  12.3/27.1 MB",
        "total  12/400 dates  [###-------]   33 %  1.2/3.6 GB  1.9M entries/s  0:24 left",
      ])
  }

  @Test("shows the whole tenant ID and a bar for the total at 120 columns")
  func wideTerminalShowsWholeTenant() throws {
    let lines = text(try state()).lines(columns: 120, rows: 24)
    #expect(lines[0].hasPrefix("0f000000-0000-4000-8000-00000000000a  2026-01-01  closing  [###"))
    #expect(lines[2].contains("[#############---------------------------]   33 %"))
    #expect(lines[2].hasSuffix("1.9M entries/s  0:24 left"))
  }

  @Test("counts the dates that do not fit")
  func datesThatDoNotFitAreCounted() throws {
    let lines = text(try state(running: 9)).lines(columns: 80, rows: 7)
    #expect(lines.count == 6)
    #expect(lines[4] == "and 5 more dates")
    #expect(lines[5].hasPrefix("total  12/400"))
  }

  @Test("omits what is not known yet")
  func unknownFiguresAreOmitted() throws {
    var state = RunState()
    state.datesPlanned = 3
    let line = text(state).lines(columns: 80, rows: 24)[0]
    #expect(line.hasPrefix("total  0/3 dates  [-----") && line.contains("- %  0 B  0 entries/s"))
    #expect(!line.contains("left"))
  }

  @Test("measures the rate over the last seconds, not the whole run")
  func rateCoversLastSeconds() throws {
    var rate = ProgressRate()
    var state = RunState()
    for second in 1...60 {
      state.elapsed = .seconds(second)
      // A thousand in each second, and ten thousand from the fiftieth on.
      state.records += second <= 50 ? 1000 : 10_000
      rate.record(state)
    }
    #expect(abs(rate.entriesPerSecond - 10_000) < 1)
  }

  @Test("logs one event for the total and one per date")
  func totalAndEachDateAreLogged() throws {
    let events = text(try state()).events()
    #expect(events.map(\.event) == ["progress", "running", "running"])
    #expect(
      events[0].message
        == "12 of 400 dates closed, 1.2/3.6 GB read (33 %), 22800000 entries, 1.9M entries/s, 0:24 left"
    )
    #expect(events[1].message.contains("2026-01-01 closing, 12.3/27.1 MB, 41234 entries"))
  }
}
