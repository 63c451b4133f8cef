import Foundation
import Glibc
import TestSupport
import Testing

@Suite("tieout-server command")
struct ServerCommandTests {
  private func run(
    _ arguments: String..., in place: TestDirectory
  ) throws -> (Int32, String, String) {
    let process = Process()
    process.executableURL = TieoutProcess.binary.deletingLastPathComponent()
      .appendingPathComponent("tieout-server")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: place.directory)
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text, complaint)
  }

  @Test("the start logs missing books, and fails if a port is in use")
  func missingBooksAndUsedPort() throws {
    let place = try TestDirectory()
    _ = try run("dev-token", "--tenant", TestDirectory.tenant, "--keys", "dev", in: place)
    let taken = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(taken) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        #expect(bind(taken, pointer, length) == 0 && listen(taken, 1) == 0)
        #expect(getsockname(taken, pointer, &length) == 0)
      }
    }
    let (code, log, errors) = try run(
      "serve", "--store", "absent.sqlite", "--jwks", "dev/jwks.json", "--issuer", "https://a",
      "--audience", "b", "--port", "\(UInt16(bigEndian: address.sin_port))", in: place)
    #expect(code == 2)
    #expect(errors.contains("already in use") && errors.contains("--port"))
    #expect(log.contains("the books cannot be read yet") && log.contains("absent.sqlite"))
  }

  @Test("dev-token creates keys that only their owner can read, and tokens that the server accepts")
  func developmentTokenIsAccepted() throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
    _ = try place.close(through: "2026-01-05")
    for algorithm in ["RS256", "ES256"] {
      let (code, token, complaint) = try run(
        "dev-token", "--tenant", TestDirectory.tenant, "--keys", "dev", "--issuer",
        "https://issuer.test", "--algorithm", algorithm, in: place)
      #expect(code == 0, "\(complaint)")
      let server = try ServerProcess(place, "--jwks", "dev/jwks.json")
      let reply = try server.ask(
        "/accounts/1000/balance?currency=USD", token: token.replacing("\n", with: ""))
      #expect(reply.status == 200)
    }
    for name in try place.names("dev") {
      let attributes = try FileManager.default.attributesOfItem(atPath: place.path("dev/\(name)"))
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test("invalid options exit with 64, failures with 2 and a reason")
  func exitCodesOfFailures() throws {
    let place = try TestDirectory()
    try place.write("keys.json", TokenForge(now: 0).keySet())
    let needed = ["serve", "--store", "s", "--issuer", "i", "--audience", "a", "--jwks"]
    func serve(_ more: String...) throws -> (Int32, String) {
      let process = Process()
      process.executableURL = TieoutProcess.binary.deletingLastPathComponent()
        .appendingPathComponent("tieout-server")
      process.arguments = needed + more
      process.currentDirectoryURL = URL(fileURLWithPath: place.directory)
      let errors = Pipe()
      process.standardError = errors
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return (process.terminationStatus, text)
    }
    #expect(try serve("keys.json", "--partner-port", "0").0 == 64)
    #expect(try serve("keys.json", "--port", "70000").0 == 64)
    #expect(try serve("keys.json", "--requests-per-second", "0").0 == 64)
    let insecure = try serve("http://issuer.example/jwks.json")
    #expect(insecure.0 == 2)
    #expect(insecure.1.contains("https"))
    let certificates = try serve(
      "keys.json", "--partner-port", "0", "--tls-cert", "none.pem", "--tls-key", "none.key",
      "--client-ca", "none.pem")
    #expect(certificates.0 == 2)
    #expect(certificates.1.contains("none.pem"))
  }

  @Test("SIGTERM ends the server with 0, after it has answered and logged its requests")
  func sigtermEndsTheServerGracefully() throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
    _ = try place.close(through: "2026-01-05")
    let server = try ServerProcess(place, "--metrics-port", "0", listeners: 2)
    let token = server.forge.good(tenant: TestDirectory.tenant)
    #expect(try server.ask("/accounts/1000/balance?currency=USD", token: token).status == 200)
    let metrics = try CurlReply([server.base("metrics") + "/metrics"])
    #expect(metrics.status == 200)
    #expect(
      metrics.body.contains(
        #"tieout_server_requests_total{operation="getAccountBalance",status="200"} 1"#))
    #expect(try CurlReply([server.base("metrics") + "/health/live"]).status == 404)
    #expect(try server.ask("/metrics", token: nil).status == 404)
    server.signal(SIGTERM)
    #expect(server.exitCode() == 0)
    let lines = try server.lines()
    #expect(lines.last?["message"] as? String == "stopped")
    let request = try #require(lines.first { $0["operation"] as? String == "getAccountBalance" })
    #expect(request["tenant_id"] as? String == TestDirectory.tenant)
    #expect(request["account_code"] as? String == "1000")
    #expect(request["status"] as? Int == 200)
    #expect((request["trace_id"] as? String)?.count == 32)
  }

  @Test("SIGTERM ends a server whose log nobody reads")
  func sigtermEndsAServerWhoseLogNobodyReads() throws {
    let place = try TestDirectory()
    let log = Pipe()
    let server = try ServerProcess(place, logPipe: log)
    let port = try #require(server.ports["api"])
    // Far more lines than the pipe can hold.
    let requests = String(
      repeating: "GET /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n", count: 2_000)
    let answers = RawConnection(port: port).exchangeAtOnce(requests, endsSending: true).text
    #expect(answers.ranges(of: "HTTP/1.1 200").count == 2_000)
    usleep(200_000)
    let start = ContinuousClock.now
    server.signal(SIGTERM)
    #expect(server.exitCode() == 0)
    #expect(.now - start < .seconds(15))
  }

  @Test("input that is malformed or too large gets a response")
  func malformedInputIsRefused() throws {
    let place = try TestDirectory()
    let server = try ServerProcess(place)
    let port = try #require(server.ports["api"])
    #expect(RawConnection(port: port).exchange("nonsense\r\n\r\n").hasPrefix("HTTP/1.1 400 "))
    let long =
      "GET /v1/health/live HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "y", count: 70_000)
    #expect(RawConnection(port: port).exchange(long + "\r\n\r\n").hasPrefix("HTTP/1.1 431 "))
    let two =
      "GET /v1/health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"
    #expect(RawConnection(port: port).exchange(two).hasPrefix("HTTP/1.1 400 "))
    let smuggled =
      "GET /v1/health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\nGET /v1/health/live HTTP/1.1\r\n\r\n"
    let answer = RawConnection(port: port).exchange(smuggled)
    #expect(answer.hasPrefix("HTTP/1.1 413 "))
    #expect(answer.ranges(of: "HTTP/1.1 ").count == 1)
    let pipelined =
      String(
        repeating: "GET /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n", count: 3)
      + "GET /v1/health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    #expect(RawConnection(port: port).exchange(pipelined).ranges(of: "HTTP/1.1 200").count == 4)
  }
}
