/// Which Tieout this is.
public enum BuildInfo {
  /// The version, as in `CHANGELOG.md`.
  public static let version = "0.1.0"

  /// The commit that was built, 40 hexadecimal digits; `unknown` if nobody said.
  public static let gitSHA = BuildStamp.gitSHA
}
