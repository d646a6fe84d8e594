package dev.copyloop.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;

class FixturesTest {
  @Test
  void everyTestHasADatabaseOfItsOwn() throws Exception {
    PostgresDatabase first = Fixtures.postgres().newDatabase();
    PostgresDatabase second = Fixtures.postgres().newDatabase();
    assertThat(first.port()).isEqualTo(second.port());
    assertThat(first.name()).isNotEqualTo(second.name());
    try (Connection connection = first.connect()) {
      assertThat(connection.getCatalog()).isEqualTo(first.name());
    }
  }

  @Test
  void everyTestHasABucketOfItsOwn() {
    S3Server server = Fixtures.storage();
    assertThat(server.newBucket()).isNotEqualTo(server.newBucket());
  }
}
