import NIOCore

/// How long a connection may be held, and how much of it is kept.
enum ConnectionLimits {
  /// From the first byte of a request to its last.
  static let request = TimeAmount.seconds(15)
  /// From there to its answer. All that an answer waits for is given up sooner.
  static let answer = TimeAmount.seconds(30)
  /// From an answer to the first byte of the next request, and for taking answers.
  static let idle = TimeAmount.seconds(60)
  /// From the last answer to the end of the connection.
  static let linger = TimeAmount.seconds(1)
  /// How many requests that arrived together are answered before other connections are seen to.
  static let answersInTurn = 8
  /// How many parts of requests may wait: more than the system's buffer can hold.
  static let waitingMax = 32_768

  /// How much the system is to keep of what is not read yet, in bytes. It keeps twice as much.
  static let receiveBufferBytes = 65_536
  /// How much of a message may stay undecoded: more than a header may have.
  static let undecodedBytesMax = 131_072
}
