// A Go site whose users sign in with Foyer. Needs: go get github.com/coreos/go-oidc/v3 golang.org/x/oauth2
// ISSUER=http://localhost:8000/o/app_… CLIENT_ID=cli_… CLIENT_SECRET=foyer_cs_… go run .
package main

import (
	"cmp"
	"context"
	"fmt"
	"html"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

type session struct{ state, verifier, name, idToken string }

var (
	origin = cmp.Or(os.Getenv("ORIGIN"), "http://localhost:3000")
	// In memory: replace it by your database.
	sessions sync.Map
)

func start(w http.ResponseWriter, s session) {
	id := oauth2.GenerateVerifier()
	sessions.Store(id, s)
	secure := strings.HasPrefix(origin, "https:")
	http.SetCookie(w, &http.Cookie{Name: "session", Value: id, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode})
}

func read(r *http.Request) session {
	cookie, err := r.Cookie("session")
	if err != nil {
		return session{}
	}
	found, _ := sessions.Load(cookie.Value)
	s, _ := found.(session)
	return s
}

// The session is used up: the next one has another ID.
func take(r *http.Request) session {
	s := read(r)
	if cookie, err := r.Cookie("session"); err == nil {
		sessions.Delete(cookie.Value)
	}
	return s
}

func main() {
	provider, err := oidc.NewProvider(context.Background(), os.Getenv("ISSUER"))
	if err != nil {
		log.Fatal(err)
	}
	var metadata struct {
		EndSession string `json:"end_session_endpoint"`
	}
	if err := provider.Claims(&metadata); err != nil {
		log.Fatal(err)
	}
	config := oauth2.Config{
		ClientID: os.Getenv("CLIENT_ID"), ClientSecret: os.Getenv("CLIENT_SECRET"), Endpoint: provider.Endpoint(),
		RedirectURL: origin + "/callback", Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
	}
	verifier := provider.Verifier(&oidc.Config{ClientID: config.ClientID, SupportedSigningAlgs: []string{"ES256", "RS256"}})

	http.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if name := read(r).name; name != "" {
			fmt.Fprintf(w, `<h1>Hello, %s</h1><a href="/signout">Sign out</a>`, html.EscapeString(name))
			return
		}
		fmt.Fprint(w, `<h1>Welcome</h1><a href="/signin">Sign in</a>`)
	})
	http.HandleFunc("GET /signin", func(w http.ResponseWriter, r *http.Request) {
		s := session{state: oauth2.GenerateVerifier(), verifier: oauth2.GenerateVerifier()}
		start(w, s)
		http.Redirect(w, r, config.AuthCodeURL(s.state, oauth2.S256ChallengeOption(s.verifier)), http.StatusFound)
	})
	http.HandleFunc("GET /callback", func(w http.ResponseWriter, r *http.Request) {
		s := take(r)
		if s.state == "" || r.FormValue("state") != s.state || r.FormValue("code") == "" {
			http.Error(w, "The sign-in failed. "+r.FormValue("error_description"), http.StatusBadRequest)
			return
		}
		tokens, err := config.Exchange(r.Context(), r.FormValue("code"), oauth2.VerifierOption(s.verifier))
		if err != nil {
			http.Error(w, "The sign-in failed: "+err.Error(), http.StatusBadRequest)
			return
		}
		raw, _ := tokens.Extra("id_token").(string)
		token, err := verifier.Verify(r.Context(), raw)
		if err != nil {
			http.Error(w, "The sign-in failed: "+err.Error(), http.StatusBadRequest)
			return
		}
		var claims struct{ Name, Email string }
		if err := token.Claims(&claims); err != nil {
			http.Error(w, "The sign-in failed: "+err.Error(), http.StatusBadRequest)
			return
		}
		start(w, session{name: cmp.Or(claims.Name, claims.Email, token.Subject), idToken: raw})
		http.Redirect(w, r, "/", http.StatusFound)
	})
	http.HandleFunc("GET /signout", func(w http.ResponseWriter, r *http.Request) {
		s := take(r)
		if s.idToken == "" {
			http.Redirect(w, r, "/", http.StatusFound)
			return
		}
		query := url.Values{"id_token_hint": {s.idToken}, "post_logout_redirect_uri": {origin + "/"}}
		http.Redirect(w, r, metadata.EndSession+"?"+query.Encode(), http.StatusFound)
	})
	log.Fatal(http.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "3000"), nil))
}
