/// The seventh migration: what proves the rows that a look-up answers with.
///
/// A checksum finds what a disk or memory changed. Against people there are the digests of the chain.
enum StoreSchemaV7 {
  static let tables = """
    -- Which balances there are on a date. Each row covers the keys from first_key to before end_key, and
    -- has for each key with a balance its number and the checksum of its current row, four bytes each.
    CREATE TABLE balance_proof (
      tenant_ref INTEGER NOT NULL,
      as_of_date TEXT NOT NULL,
      first_key INTEGER NOT NULL,
      end_key INTEGER NOT NULL,
      entries BLOB NOT NULL,
      -- Of the row.
      checksum INTEGER NOT NULL,
      PRIMARY KEY (tenant_ref, as_of_date, first_key)
    ) STRICT, WITHOUT ROWID;

    -- The current close of each date, and its chart.
    CREATE TABLE date_proof (
      tenant_ref INTEGER NOT NULL,
      as_of_date TEXT NOT NULL,
      close_id INTEGER NOT NULL,
      chart_ref INTEGER NOT NULL,
      -- Of the row and the chart's digest.
      checksum INTEGER NOT NULL,
      PRIMARY KEY (tenant_ref, as_of_date)
    ) STRICT, WITHOUT ROWID;

    -- How far the books of each tenant are closed.
    CREATE TABLE tenant_proof (
      tenant_ref INTEGER PRIMARY KEY,
      closed_through TEXT NOT NULL,
      -- Of the row, the tenant, the head of its chain and the last close.
      checksum INTEGER NOT NULL
    ) STRICT;

    -- Which tenants there are.
    CREATE TABLE store_proof (
      -- 1: there is one row.
      proof_id INTEGER PRIMARY KEY,
      tenant_count INTEGER NOT NULL,
      -- The sum of the checksums of the tenants.
      checksum INTEGER NOT NULL
    ) STRICT;
    INSERT INTO store_proof VALUES (1, 0, 0);
    """
}
