import JournalReading

/// A date that is being read: its parts, each with its own sink, so that several threads can read
/// them at once.
final class OpenDate {
  let task: CloseTask
  let startedAt: String
  let manifest: Manifest?
  let parts: [ExportPart]
  let sinks: [PartSink]
  let meter: ReadingMeter?

  init(
    task: CloseTask, startedAt: String, manifest: Manifest?, parts: [ExportPart] = [],
    sinks: [PartSink] = [], meter: ReadingMeter? = nil
  ) {
    self.task = task
    self.startedAt = startedAt
    self.manifest = manifest
    self.parts = parts
    self.sinks = sinks
    self.meter = meter
  }
}
