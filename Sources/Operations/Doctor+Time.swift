import CLinux
import CloseJob
import Foundation
import LedgerDomain

extension Doctor {
  /// When this program cannot have run yet: a clock before it was never set. 2026-01-01.
  private static let secondMin: Int64 = 1_767_225_600

  func clock(_ inspection: inout Inspection) {
    let now = clock.timestamp()
    if clock.now() < Self.secondMin {
      inspection.add(
        "clock", .failure, "it is \(now), which lies in the past",
        remedy: "Set the clock, or let a time service: what 'yesterday' is comes from it.")
      return
    }
    switch tieout_clock_is_synchronised() {
    case 1: inspection.add("clock", .fine, "it is \(now), synchronised")
    case 0:
      inspection.add(
        "clock", .warning, "it is \(now), and nobody keeps the clock right",
        remedy: "Enable systemd-timesyncd or chrony; in a container, on its host.")
    default:
      inspection.add(
        "clock", .note, "it is \(now); whether it is synchronised cannot be told here")
    }
  }

  func timeZone(_ inspection: inout Inspection) {
    guard let calendar = LedgerCalendar(timeZone: settings.timeZone) else { return }
    let today = calendar.date(at: clock.now())
    inspection.add(
      "time_zone", .fine,
      "\(settings.timeZone): today is \(today), and a close goes up to \(today.advanced(by: -1))")
    let system = TimeZone.current.identifier
    if system != settings.timeZone {
      inspection.add(
        "time_zone", .note,
        "the machine's is \(system), where cron and timers take their hours from",
        remedy: "See to it that their hour lies after midnight in \(settings.timeZone).")
    }
    // The instants at which a date begins differ from midnight to midnight where clocks are changed.
    for ahead in 0..<14 {
      let date = today.advanced(by: ahead)
      let seconds = calendar.seconds(of: date)
      let hours = (seconds.upperBound - seconds.lowerBound) / 3600
      if hours != 24 {
        inspection.add(
          "time_zone", .note, "\(date) has \(hours) hours, since clocks are changed",
          remedy:
            "Dates are still closed one by one; a timer's hour must be one that is not left out.")
      }
    }
  }
}
