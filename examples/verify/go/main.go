// A Go server that accepts access tokens of your app.
// FOYER_ISSUER=http://localhost:8000/o/app_… FOYER_APP_ID=app_… go run .
//
// Checks the signature with the app's public keys, `alg`, `typ` (an ID token is rejected), `iss`,
// `aud` (a third party's token is rejected: its audience is the issuer) and `exp`.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/time/rate"
)

type user struct{}

// requireUser puts the claims into the request's context, or responds with 401.
func requireUser(keys keyfunc.Keyfunc, issuer, appID string, next http.Handler) http.Handler {
	rules := jwt.NewParser(
		jwt.WithValidMethods([]string{"ES256", "RS256"}),
		jwt.WithIssuer(issuer), jwt.WithAudience(appID), jwt.WithExpirationRequired())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scheme, encoded, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		claims := jwt.MapClaims{}
		token, err := rules.ParseWithClaims(strings.TrimSpace(encoded), claims, keys.Keyfunc)
		valid := err == nil && token.Header["typ"] == "at+jwt" && claims["sub"] != nil
		if !valid || !strings.EqualFold(scheme, "bearer") {
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			respond(w, http.StatusUnauthorized, map[string]any{"error": "invalid_token"})
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), user{}, claims)))
	})
}

func me(w http.ResponseWriter, r *http.Request) {
	claims := r.Context().Value(user{}).(jwt.MapClaims)
	respond(w, http.StatusOK, map[string]any{"user_id": claims["sub"]})
}

func respond(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func main() {
	issuer, appID, port := os.Getenv("FOYER_ISSUER"), os.Getenv("FOYER_APP_ID"), os.Getenv("PORT")
	if issuer == "" || appID == "" {
		log.Fatal("Set FOYER_ISSUER and FOYER_APP_ID.")
	}
	if port == "" {
		port = "3000"
	}
	// Fetches the keys at start and every ten minutes. An unknown key ID refetches them, at most every
	// 30 seconds. Without keys the server does not start.
	keys, err := keyfunc.NewDefaultOverrideCtx(context.Background(), []string{issuer + "/jwks"}, keyfunc.Override{
		NoErrorReturnFirstHTTPReq: new(bool),
		HTTPTimeout:               5 * time.Second,
		RefreshInterval:           10 * time.Minute,
		RefreshUnknownKID:         rate.NewLimiter(rate.Every(30*time.Second), 1),
		RateLimitWaitMax:          time.Second,
	})
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("GET /me", requireUser(keys, issuer, appID, http.HandlerFunc(me)))
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
