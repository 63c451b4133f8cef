import CloseJob
import LedgerDomain

/// Logs what a close reports.
struct LoggingCloseObserver: CloseObserver {
  let log: RunLog

  func planned(dates: Int, tenants: Int) {
    log.log(
      LogEvent(
        level: .info, event: "planned",
        message: "\(dates.counted("date")) of \(tenants.counted("tenant")) to close",
        fields: ["dates": .count(dates), "tenants": .count(tenants)]))
  }

  func committed(_ date: DateResult) {
    let header = date.header
    let breaks = date.breaks.map(\.rawValue).joined(separator: ", ")
    var message =
      "\(header.tenant) \(header.businessDate) closed as \(header.closeID): "
      + "\(header.recordsRead.counted("record")), "
    message += "\(header.recordsQuarantined) quarantined, "
    message +=
      !breaks.isEmpty
      ? "breaks: \(breaks)" : header.status == .clean ? "ties out" : "no tie-out fails"
    log.log(
      LogEvent(
        level: header.status == .clean ? .info : .warning, event: "closed", message: message,
        fields: [
          "tenant_id": .text("\(header.tenant)"), "business_date": .text("\(header.businessDate)"),
          "close_id": .count(Int(header.closeID.number)), "status": .text(header.status.rawValue),
          "records_read": .count(header.recordsRead),
          "records_quarantined": .count(header.recordsQuarantined), "breaks": .text(breaks),
        ]))
  }

  func foundLateInput(_ date: LateDate, of tenant: TenantID) {
    log.log(
      LogEvent(
        level: .warning, event: "late_input",
        message: "\(tenant) \(date.date): \(date.change) \(date.remedy)",
        fields: [
          "tenant_id": .text("\(tenant)"), "business_date": .text("\(date.date)"),
          "close_id": .count(Int(date.closeID.number)), "parts_closed": .count(date.partsClosed),
          "parts_now": .count(date.partsNow),
        ]))
  }

  func stopped(_ tenant: TenantID, at date: BusinessDate?, because message: String) {
    var fields: [String: LogValue] = ["tenant_id": .text("\(tenant)")]
    if let date { fields["business_date"] = .text("\(date)") }
    log.log(
      LogEvent(
        level: .error, event: "stopped",
        message: "\(tenant)\(date.map { " \($0)" } ?? ""): \(message)", fields: fields))
  }
}
