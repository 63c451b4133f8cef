import CLinux
import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain

extension Doctor {
  /// 2026-01-01. An earlier clock was never set: this program is newer.
  private static let secondMin: Int64 = 1_767_225_600

  func clock(_ inspection: inout Inspection) {
    let now = clock.timestamp()
    if clock.now() < Self.secondMin {
      inspection.add(
        "clock", .error, "the clock reads \(now), which is in the past",
        remedy: "Set the clock or enable a time service: the default close date is derived from it."
      )
      return
    }
    switch tieout_clock_is_synchronised() {
    case 1: inspection.add("clock", .fine, "\(now), synchronised")
    case 0:
      inspection.add(
        "clock", .warning, "\(now), not synchronised",
        remedy: "Enable systemd-timesyncd or chrony; for a container, on its host.")
    default:
      inspection.add(
        "clock", .note, "\(now); this system does not report whether it is synchronised")
    }
  }

  func timeZone(_ inspection: inout Inspection) {
    guard let calendar = LedgerCalendar(timeZone: settings.timeZone) else { return }
    let today = calendar.date(at: clock.now())
    inspection.add(
      "time_zone", .fine,
      "\(settings.timeZone): today is \(today), so a close runs through \(today.advanced(by: -1))")
    let system = TimeZone.current.identifier
    if system != settings.timeZone {
      inspection.add(
        "time_zone", .note,
        "the machine's time zone, which cron and timers use, is \(system)",
        remedy: "Schedule the close after midnight in \(settings.timeZone).")
    }
    // Dates on which the clocks change do not have 24 hours.
    for ahead in 0..<14 {
      let date = today.advanced(by: ahead)
      let seconds = calendar.seconds(of: date)
      let hours = (seconds.upperBound - seconds.lowerBound) / 3600
      if hours != 24 {
        inspection.add(
          "time_zone", .note, "\(date) has \(hours) hours because the clocks change",
          remedy:
            "Dates are closed as usual; do not schedule the close in the hour that is skipped.")
      }
    }
  }
}
