package dev.copyloop.jobs.hash;

import dev.copyloop.jobs.lake.LakeTables;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Names of parts of a table: days, days of an org, or the whole table. A name is the values of the
 * columns that name a part, the day last, joined with {@code |}; that of a whole table is empty.
 */
public final class TableParts {

  private TableParts() {}

  /** The days on which parts lie that are not whole tables. */
  static SortedSet<LocalDate> days(Collection<String> parts) {
    SortedSet<LocalDate> days = new TreeSet<>();
    parts.forEach(part -> days.add(day(part)));
    return days;
  }

  /** The day on which a part lies. */
  static LocalDate day(String part) {
    return LocalDate.parse(part.substring(part.lastIndexOf('|') + 1));
  }

  /** SQL that holds for the rows of some parts. */
  public static String predicate(List<String> partColumns, Collection<String> parts) {
    if (partColumns.isEmpty() || parts.isEmpty()) {
      return String.valueOf(partColumns.isEmpty());
    }
    return partColumns.size() == 1
        ? LakeTables.daysPredicate(partColumns.get(0), days(parts))
        : ofOrgs(partColumns.get(0), partColumns.get(1), parts);
  }

  private static String ofOrgs(String orgColumn, String dayColumn, Collection<String> parts) {
    return parts.stream()
        .collect(
            Collectors.groupingBy(
                part -> part.substring(0, part.lastIndexOf('|')),
                TreeMap::new,
                Collectors.mapping(TableParts::day, Collectors.toList())))
        .entrySet()
        .stream()
        .map(
            org ->
                "(%s = '%s' AND %s)"
                    .formatted(
                        orgColumn,
                        org.getKey(),
                        LakeTables.daysPredicate(dayColumn, org.getValue())))
        .collect(Collectors.joining(" OR "));
  }
}
