import NIOCore

/// How long a connection may be held, and how much of it is kept.
struct ConnectionLimits: Sendable {
  /// From the first byte of a request to its last.
  var request = TimeAmount.seconds(15)
  /// From there to its answer. All that an answer waits for is given up sooner.
  var answer = TimeAmount.seconds(30)
  /// From an answer to the first byte of the next request, and for taking answers.
  var idle = TimeAmount.seconds(60)
  /// From the last answer to the end of the connection.
  var linger = TimeAmount.seconds(1)
  /// How many requests that arrived together are answered before other connections are seen to.
  var answersInTurn = 8
  /// How many parts of requests may wait: more than the system's buffer can hold.
  var waiting = 32_768

  /// How much the system is to keep of what is not read yet, in bytes. It keeps twice as much.
  static let receiveBufferBytes = 65_536
  /// How much of a message may stay undecoded: more than a header may have.
  static let undecodedBytesMax = 131_072
}
