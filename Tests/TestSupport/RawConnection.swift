import Foundation
import Glibc
import Synchronization

/// A connection to this machine on which any bytes are sent.
public final class RawConnection: @unchecked Sendable {
  // The descriptor never changes.
  private let descriptor: Int32

  /// A connection to a port; nothing arrives on it if nobody listens there.
  public init(port: Int) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    wait(seconds: 20)
  }

  deinit { close(descriptor) }

  /// How long sending and receiving may wait.
  public func wait(seconds: Int) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  /// Sends a text.
  ///
  /// - Returns: how much of it was taken in time.
  @discardableResult
  public func send(_ text: String) -> Int { send(Array(text.utf8)) }

  /// Sends bytes.
  ///
  /// - Returns: how many of them were taken in time.
  @discardableResult
  public func send(_ bytes: [UInt8]) -> Int {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { break }
      sent += count
    }
    return sent
  }

  /// Says that nothing more will be sent.
  public func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Reads this many bytes; fewer if no more come in time.
  public func receive(count: Int) -> String {
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: count)
    while answer.count < count {
      let read = recv(descriptor, &buffer, count - answer.count, 0)
      guard read > 0 else { break }
      answer.append(contentsOf: buffer.prefix(read))
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// Reads until the other side ends the connection, or sends nothing in time.
  public func receiveAll() -> String {
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      answer.append(contentsOf: buffer.prefix(count))
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// Sends a text, and meanwhile reads until the other side ends the connection.
  ///
  /// - Parameters:
  ///   - endsSending: whether it is said that nothing more will be sent.
  ///   - readingAfterMilliseconds: how late the reading begins.
  /// - Returns: how much was sent, and what was read.
  public func exchangeAtOnce(
    _ text: String, endsSending: Bool = false, readingAfterMilliseconds: UInt32 = 0
  ) -> (sent: Int, text: String) {
    let sent = Mutex(0)
    let isSent = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      let count = self.send(text)
      sent.withLock { $0 = count }
      if endsSending { self.endSending() }
      isSent.signal()
    }
    usleep(readingAfterMilliseconds * 1_000)
    let answer = receiveAll()
    isSent.wait()
    return (sent.withLock { $0 }, answer)
  }

  /// Sends a text and reads until the other side ends the connection.
  public func exchange(_ text: String) -> String {
    send(text)
    return receiveAll()
  }
}
