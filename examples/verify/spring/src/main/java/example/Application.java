// A Spring Boot server that accepts access tokens of your app. Needs: Java 17 and Maven.
// FOYER_ISSUER=http://localhost:8000/o/app_… FOYER_APP_ID=app_… mvn spring-boot:run
//
// Checks the signature with the app's public keys, `alg`, `typ` (an ID token is rejected), `iss`,
// `aud` (a third party's token is rejected: its audience is the issuer) and `exp`.
package example;

import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Application {
  /** Spring's default accepts only the type JWT. Foyer issues at+jwt (RFC 9068). */
  @Bean
  JwtDecoder jwtDecoder(@Value("${FOYER_ISSUER}") String issuer, @Value("${FOYER_APP_ID}") String appId) {
    var decoder = NimbusJwtDecoder.withJwkSetUri(issuer + "/jwks")
        .jwsAlgorithms(accepted -> accepted.addAll(List.of(SignatureAlgorithm.ES256, SignatureAlgorithm.RS256)))
        .validateType(false)
        .build();
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(
        new JwtTimestampValidator(),
        new JwtIssuerValidator(issuer),
        new JwtTypeValidator("at+jwt"),
        new JwtClaimValidator<List<String>>("aud", audience -> audience != null && audience.contains(appId))));
    return decoder;
  }

  @GetMapping("/me")
  Map<String, String> me(@AuthenticationPrincipal Jwt token) {
    return Map.of("user_id", token.getSubject());
  }

  public static void main(String[] arguments) {
    var application = new SpringApplication(Application.class);
    application.setDefaultProperties(Map.of("server.port", System.getenv().getOrDefault("PORT", "3000")));
    application.run(arguments);
  }
}
