package dev.copyloop.jobs.compact;

import java.io.Serializable;

/** What one pass over a landing object gives: blocks of its rows, then its index. */
sealed interface Indexed extends Serializable permits RowBlock, ObjectIndex {}
