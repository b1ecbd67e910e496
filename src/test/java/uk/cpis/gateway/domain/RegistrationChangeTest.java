package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegistrationChangeTest {

  private static final Optional<String> OLD = Optional.of("line=1");
  private static final Optional<String> NEW = Optional.of("line=2");

  @ParameterizedTest
  @EnumSource
  void whateverIsChangedInWhicheverWayTheAuditHoldsTheChangeItself(Registered.Kind kind) {
    Registered registered = new Registered(kind, "subject");

    assertThat(RegistrationChange.EVENTS)
        .contains(
            RegistrationChange.between(registered, Optional.empty(), NEW).event(),
            RegistrationChange.between(registered, OLD, NEW).event(),
            RegistrationChange.between(registered, OLD, Optional.empty()).event());
  }
}
