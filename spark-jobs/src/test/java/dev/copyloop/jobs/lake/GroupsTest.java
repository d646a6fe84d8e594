package dev.copyloop.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class GroupsTest {

  private static final StructType SCHEMA =
      new Columns()
          .optional(DataTypes.StringType, "org")
          .required(DataTypes.LongType, "passed")
          .optional(DataTypes.IntegerType, "class")
          .schema();

  @Test
  void tellsGroupsApartHoweverMany() {
    Groups<List<Integer>> groups = new Groups<>(SCHEMA, new int[] {0, 2}, ArrayList::new);
    Map<List<String>, List<Integer>> expected = new HashMap<>();
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String org = random.nextInt(10) == 0 ? null : "org " + random.nextInt(40);
      Integer number = random.nextInt(10) == 0 ? null : random.nextInt(40) - 20;
      groups
          .of(new GenericInternalRow(new Object[] {UTF8String.fromString(org), (long) i, number}))
          .add(i);
      List<String> name = new ArrayList<>();
      name.add(org);
      name.add(number == null ? null : number.toString());
      expected.computeIfAbsent(name, each -> new ArrayList<>()).add(i);
    }
    assertThat(groups.byName()).hasSizeGreaterThan(1_000).isEqualTo(expected);
  }

  @Test
  void keepsWhatNamesAGroupWhenItsRowIsFilledAnew() {
    Groups<int[]> groups = new Groups<>(SCHEMA, new int[] {0}, () -> new int[1]);
    byte[] filled = {'a'};
    GenericInternalRow row =
        new GenericInternalRow(new Object[] {UTF8String.fromBytes(filled), 1L, 1});
    groups.of(row)[0]++;
    filled[0] = 'b';
    groups.of(row)[0]++;
    filled[0] = 'a';
    groups.of(row)[0]++;
    assertThat(groups.byName()).containsOnlyKeys(List.of("a"), List.of("b"));
    assertThat(groups.byName().get(List.of("a"))).containsExactly(2);
  }
}
