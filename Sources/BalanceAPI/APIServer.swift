import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import TokenAccess
import UnixSignals

/// The balance API: its listeners and everything that they share.
///
///     let books = LookupPool(path: settings.store, sharesReadTransactions: true)
///     let server = try APIServer(settings, books: books, logDescriptor: STDOUT_FILENO, now: now)
///     try await server.run()
public struct APIServer: Sendable {
  private let settings: ServerSettings
  private let metrics = RequestMetrics()
  private let log: ServerLog
  private let keys: KeySetCache
  private let tls: PartnerTLS?
  private let responder: APIResponder
  private let books: any BooksRepository
  private let proof: BooksProof

  /// Creates a server that does not listen yet.
  ///
  /// - Parameters:
  ///   - books: the books to read.
  ///   - logDescriptor: the file descriptor of the log.
  ///   - now: the time in seconds since 1970-01-01 UTC, by which tokens expire.
  /// - Throws: `TLSError` if the partner listener cannot be set up.
  public init(
    _ settings: ServerSettings, books: any BooksRepository, logDescriptor: Int32,
    now: @escaping @Sendable () -> Double
  ) throws(TLSError) {
    self.settings = settings
    self.books = books
    tls = try settings.partner.map { partner throws(TLSError) in
      try PartnerTLS(
        .init(
          certificate: partner.certificate, key: partner.key,
          clientAuthority: partner.clientAuthority))
    }
    let log = ServerLog(descriptor: logDescriptor, metrics: metrics, now: now)
    self.log = log
    let (metrics, source) = (metrics, settings.keys)
    let keys = KeySetCache(source: source, timing: settings.keyTiming) { event in
      Self.record(event, of: source, log: log, metrics: metrics)
    }
    self.keys = keys
    let alarm = DamageAlarm(metrics: metrics) { reason in
      log.add(level: "alert", message: "the books are damaged") { $0.add("detail", reason) }
    }
    proof = BooksProof(books: books, path: settings.store, alarm: alarm)
    let repository = RetryingBooksRepository(books: books, metrics: metrics, alarm: alarm) {
      message in
      log.add(level: "error", message: "store") { $0.add("detail", message) }
    }
    var generator = SystemRandomNumberGenerator()
    responder = APIResponder(
      traces: TraceSource(using: &generator), dates: DateHeader(now: now),
      authenticator: Authenticator(
        verifier: TokenVerifier(expectation: settings.expectation, keys: keys, now: now)),
      limiter: settings.requestsPerSecond.map { RateLimiter(requestsPerSecond: $0) },
      balance: BalanceController(books: repository),
      reconciliation: ReconciliationController(books: repository),
      health: HealthController(books: repository, hasKeys: { keys.hasKeys }), metrics: metrics,
      log: log)
  }

  /// Serves until SIGTERM or SIGINT, then answers the requests in progress and returns.
  ///
  /// - Throws: `ListenerError` if a listener cannot be set up.
  public func run() async throws {
    defer { log.close() }
    await keys.refresh()
    var group = ServiceGroupConfiguration(
      services: try services(), gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = .seconds(20)
    log.add(level: "notice", message: "starting") { $0.add("store", settings.store) }
    reportMissingBooks()
    proof.start()
    defer { proof.stop() }
    do {
      try await ServiceGroup(configuration: group).run()
    } catch let error as IOError {
      throw ListenerError(error)
    }
    log.add(level: "notice", message: "stopped") { _ in }
  }

  /// Logs at the start if the books cannot be read. They may be created later.
  private func reportMissingBooks() {
    do {
      try books.check()
      books.endReadTransactions()
    } catch {
      log.add(level: "warning", message: "the books cannot be read yet") {
        $0.add("detail", "\(error)")
      }
    }
  }

  private var logger: Logger {
    Logger(label: "tieout-server") { _ in ServerLogHandler(log: log) }
  }

  private func services() throws -> [any Service] {
    var services: [any Service] = [
      BackgroundService { await keys.keepCurrent() }, BackgroundService { await reloadOnSignal() },
      listener("api", host: settings.host, port: settings.port, tls: nil),
    ]
    if let partner = settings.partner {
      services.append(
        listener("partner", host: settings.host, port: partner.port, tls: tls))
    }
    if let port = settings.metricsPort {
      services.append(
        listener("metrics", host: "127.0.0.1", port: port, tls: nil, serving: [.metrics]))
    }
    return services
  }

  private func listener(
    _ name: String, host: String, port: Int, tls: PartnerTLS?,
    serving operations: Set<Operation> = [.balance, .reconciliationStatus, .live, .ready]
  ) -> any Service {
    let (log, metrics) = (log, metrics)
    return Server(
      childChannelSetup: ListenerChannel(
        responder: responder.serving(operations, on: name), tls: tls
      ) { reason in
        metrics.handshakeFailed()
        log.add(level: "info", message: "handshake failed") { line in
          line.add("listener", name)
          line.add("detail", reason)
        }
      },
      configuration: ServerConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in
        log.add(level: "notice", message: "listening") { line in
          line.add("listener", name)
          line.add("address", channel.localAddress?.ipAddress ?? host)
          line.add("port", channel.localAddress?.port ?? port)
        }
      }, eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
  }

  /// Rereads certificates and keys on each SIGHUP.
  private func reloadOnSignal() async {
    for await _ in await UnixSignalsSequence(trapping: .sighup) {
      do {
        try tls?.reload()
        log.add(level: "notice", message: "reloaded") { _ in }
      } catch {
        log.add(level: "error", message: "not reloaded") { $0.add("detail", "\(error)") }
      }
      await keys.refresh()
    }
  }

  private static func record(
    _ event: KeySetCache.Event, of source: KeySource, log: ServerLog, metrics: RequestMetrics
  ) {
    switch event {
    case .unchanged: metrics.keysRefreshed("unchanged")
    case .changed(let count, let skipped):
      metrics.keysRefreshed("changed")
      log.add(level: "notice", message: "keys") { line in
        line.add("source", "\(source)")
        line.add("count", count)
        for sentence in skipped { line.add("left_out", sentence) }
      }
    case .failed(let reason):
      metrics.keysRefreshed("failed")
      log.add(level: "warning", message: "keys") { $0.add("detail", reason) }
    }
  }
}

/// Work that runs beside the listeners and ends with them.
private struct BackgroundService: Service {
  let work: @Sendable () async -> Void

  func run() async throws {
    await cancelWhenGracefulShutdown { await work() }
    // A service that returns early would end all the others.
    try? await gracefulShutdown()
  }
}

/// A listener cannot be set up.
struct ListenerError: Error, CustomStringConvertible {
  let description: String

  init(_ error: IOError) {
    description =
      switch error.errnoCode {
      case EADDRINUSE:
        "a port is already in use. Choose another --port, --partner-port or --metrics-port."
      case EACCES: "this user may not listen on a port below 1024. Choose another port."
      case EADDRNOTAVAIL: "this machine does not have the --host address. Choose another one."
      default: "a listener cannot be set up: \(error)."
      }
  }
}
