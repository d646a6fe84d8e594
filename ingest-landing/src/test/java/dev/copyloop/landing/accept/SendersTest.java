package dev.copyloop.landing.accept;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendersTest {
  private static final int MOST = 128;

  private final Senders senders = new Senders(MOST);

  /** Nothing more than so many came, twice. */
  private void learn(int all) {
    senders.paused(all);
    senders.paused(all);
  }

  /** All are there and nobody else, until that is believed. */
  private void prove(int all) {
    for (int i = 0; i < 3; i++) {
      senders.synced(all, 0, 10);
    }
  }

  @Test
  void onePauseSaysNothing() {
    senders.paused(64);
    assertThat(senders.enough()).isEqualTo(MOST);
    senders.paused(40);
    assertThat(senders.enough()).isEqualTo(MOST);
  }

  @Test
  void pausesWithMoreBetweenThemSayNothing() {
    senders.paused(64);
    senders.wentOn();
    senders.paused(64);
    assertThat(senders.enough()).isEqualTo(MOST);
  }

  @Test
  void twoPausesAtTheSameNumberSayWhoIsThere() {
    learn(64);
    assertThat(senders.enough()).isEqualTo(64);
    senders.synced(64, 0, 10);
    assertThat(senders.enough()).isEqualTo(64);
  }

  @Test
  void whenThatProvesTrueBatchesAreHalfOfThem() {
    learn(64);
    prove(64);
    assertThat(senders.enough()).isEqualTo(32);
    senders.synced(32, 30, 10);
    assertThat(senders.enough()).isEqualTo(32);
  }

  @Test
  void halfOfAFewIsNotWorthASync() {
    learn(16);
    prove(16);
    assertThat(senders.enough()).isEqualTo(16);
  }

  @Test
  void halvesHaveToProveTrueNowAndThen() {
    learn(64);
    prove(64);
    for (int i = 0; i < 60; i++) {
      assertThat(senders.enough()).isEqualTo(32);
      senders.synced(32, 32, 10);
    }
    assertThat(senders.enough()).isEqualTo(64);
  }

  @Test
  void moreThanAllThereAreEndHalves() {
    learn(64);
    prove(64);
    senders.synced(32, 50, 10);
    assertThat(senders.enough()).isEqualTo(MOST);
  }

  @Test
  void othersThatComeByTheirRateEndIt() {
    learn(64);
    senders.synced(64, 6, 10);
    assertThat(senders.enough()).isEqualTo(MOST);
  }

  @Test
  void stragglersAreWaitedForTheNextTime() {
    learn(64);
    senders.synced(64, 2, 10);
    assertThat(senders.enough()).isEqualTo(66);
  }

  @Test
  void aPartOfThemProvesNothing() {
    learn(64);
    prove(32);
    assertThat(senders.enough()).isEqualTo(64);
  }
}
