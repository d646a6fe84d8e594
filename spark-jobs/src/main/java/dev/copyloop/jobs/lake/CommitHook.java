package dev.copyloop.jobs.lake;

/** Is told of every commit, before and after; what it throws stops the job at that point. */
public interface CommitHook {
  /** Does nothing. */
  CommitHook NONE =
      new CommitHook() {
        @Override
        public void before(String table) {}

        @Override
        public void after(String table) {}
      };

  /** The table's next version is about to be written. */
  void before(String table);

  /** The table's next version is durable. */
  void after(String table);
}
