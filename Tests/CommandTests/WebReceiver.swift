import Foundation
import Glibc
import Testing

/// A server on the loopback that writes down what it is sent, in a process of its own.
///
///     let receiver = try WebReceiver(place)
///     try place.close(through: date, "--ping-url", receiver.address("/p"))
///     #expect(try receiver.requests().map(\.path) == ["/p/start", "/p"])
final class WebReceiver {
  /// What was sent.
  struct Request: Decodable {
    let path: String
    let headers: [String: String]
    let body: String
  }

  private let process = Process()
  private let place: TestDirectory
  private let name = "receiver-" + UUID().uuidString
  private(set) var port = 0

  /// - Parameter statuses: what it answers to one request after another, the last to all further ones;
  ///   0 for no answer at all.
  init(_ place: TestDirectory, statuses: [Int] = [200]) throws {
    self.place = place
    try place.write("\(name).py", Self.program)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["python3", place.path("\(name).py"), place.path(name)] + statuses.map { String($0) }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<5000 where port == 0 {
      port = Int((try? place.text("\(name).port")) ?? "") ?? 0
      usleep(2000)
    }
    try #require(port > 0, "the receiver does not start")
  }

  // A child has the signals blocked that its parent's thread has: only this one cannot be.
  deinit { kill(process.processIdentifier, SIGKILL) }

  func address(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

  /// What was sent so far, in order.
  func requests() throws -> [Request] {
    guard place.exists(name) else { return [] }
    return try place.text(name).split(separator: "\n").map {
      try JSONDecoder().decode(Request.self, from: Data($0.utf8))
    }
  }

  private static let program = """
    import http.server, json, os, sys, threading, time
    log, statuses, lock = sys.argv[1], [int(s) for s in sys.argv[2:]], threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            with lock:
                status = statuses[0] if len(statuses) == 1 else statuses.pop(0)
                with open(log, "a") as file:
                    headers = {k.lower(): v for k, v in self.headers.items()}
                    file.write(json.dumps({"path": self.path, "headers": headers, "body": body}) + "\\n")
            if status == 0:
                time.sleep(60)
            self.send_response(status)
            if status in (301, 302, 307, 308):
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self):
            self.do_POST()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with open(log + ".draft", "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(log + ".draft", log + ".port")
    server.serve_forever()

    """
}
