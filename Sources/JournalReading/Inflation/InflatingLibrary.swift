/// The library that inflates gzip, as chosen by the build.
public enum InflatingLibrary {
  #if ISAL
    /// Whether it is ISA-L (the trait `ISAL`), which takes half the time that zlib takes.
    public static let isISAL = true
  #else
    /// Whether it is ISA-L (the trait `ISAL`), which takes half the time that zlib takes.
    public static let isISAL = false
  #endif
}
