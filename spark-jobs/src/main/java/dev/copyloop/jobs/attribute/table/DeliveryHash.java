package dev.copyloop.jobs.attribute.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.xxhash64;

import dev.copyloop.jobs.hash.RowHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The delivery that a row is of: org, workspace and id, joined by a character that is in none of
 * them.
 *
 * @param soleWorkspaces by org, the workspace of rows without one; that of others is empty
 */
public record DeliveryHash(Map<String, String> soleWorkspaces) implements RowHash {
  private static final long serialVersionUID = 1L;

  private static final UTF8String NO_WORKSPACE = UTF8String.EMPTY_UTF8;

  public DeliveryHash {
    soleWorkspaces = new TreeMap<>(soleWorkspaces);
  }

  @Override
  public Column column() {
    return xxhash64(text());
  }

  /** What is hashed. */
  public Column text() {
    return concat_ws("\u0000", col("org"), workspace(), col("delivery_id"));
  }

  /** The row's workspace, empty if there is none. */
  public Column workspace() {
    if (soleWorkspaces.isEmpty()) {
      return coalesce(col("workspace"), lit(""));
    }
    List<Column> entries = new ArrayList<>();
    soleWorkspaces.forEach(
        (org, workspace) -> {
          entries.add(lit(org));
          entries.add(lit(workspace));
        });
    Column sole = element_at(map(entries.toArray(Column[]::new)), col("org"));
    return coalesce(col("workspace"), sole, lit(""));
  }

  @Override
  public Hashing on(StructType columns) {
    return new OfRows(columns, soleWorkspaces);
  }

  private static final class OfRows implements Hashing {
    private final int org;
    private final int workspace;
    private final int delivery;
    private final Map<String, String> soleWorkspaces;
    private final JoinedText text = new JoinedText();

    /** What the text begins with; null before the first row. */
    private UTF8String lastOrg;

    private UTF8String lastWorkspace;
    private int start;

    OfRows(StructType columns, Map<String, String> soleWorkspaces) {
      this.org = columns.fieldIndex("org");
      this.workspace = columns.fieldIndex("workspace");
      this.delivery = columns.fieldIndex("delivery_id");
      this.soleWorkspaces = soleWorkspaces;
    }

    @Override
    public boolean isAmong(InternalRow row, LongPredicate wanted) {
      if (row.isNullAt(delivery)) {
        return false;
      }
      begin(row.getUTF8String(org), row.isNullAt(workspace) ? null : row.getUTF8String(workspace));
      return wanted.test(text.cutTo(start).add(row.getUTF8String(delivery)).hash(JoinedText.SEED));
    }

    private void begin(UTF8String ofOrg, UTF8String named) {
      boolean isSame =
          ofOrg.equals(lastOrg)
              && (named == null ? lastWorkspace == null : named.equals(lastWorkspace));
      if (!isSame) {
        lastOrg = ofOrg.copy();
        lastWorkspace = named == null ? null : named.copy();
        text.cutTo(0).add(lastOrg).add('\u0000');
        text.add(named == null ? soleWorkspace(ofOrg) : named).add('\u0000');
        start = text.length();
      }
    }

    private UTF8String soleWorkspace(UTF8String ofOrg) {
      String sole = soleWorkspaces.get(ofOrg.toString());
      return sole == null ? NO_WORKSPACE : UTF8String.fromString(sole);
    }
  }
}
