using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HealthEquity.Tests.Admin.SignIn;

/// <summary>
/// A minimal OpenID Connect provider (code flow with PKCE): discovery, keys, authorization, and tokens. The console uses it through this
/// message handler, so no request leaves the process.
/// </summary>
internal sealed class IdentityProvider : HttpMessageHandler
{
    public const string Authority = "https://login.example/department";
    public const string ClientId = "directory-console";
    public const string ClientSecret = "a secret between the two";

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "one" };
    private readonly RsaSecurityKey _strangersKey = new(RSA.Create(2048)) { KeyId = "one" };
    private readonly Dictionary<string, Visit> _visits = [];

    public IdentityProvider() => BeHonest();

    /// <summary>The token's issuer.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>The token's audience.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Creates the token's nonce from the requested one.</summary>
    public Func<string, string> Nonce { get; set; } = nonce => nonce;

    /// <summary>The token's lifetime.</summary>
    public TimeSpan GoodFor { get; set; }

    /// <summary>Whether tokens are signed with an unpublished key.</summary>
    public bool SignsWithStrangersKey { get; set; }

    /// <summary>Makes the tokens valid again after a test that forged them.</summary>
    public void BeHonest() => (Issuer, Audience, Nonce, GoodFor, SignsWithStrangersKey) = (Authority, ClientId, nonce => nonce, TimeSpan.FromHours(1), false);

    /// <summary>Signs a person in on the provider's page.</summary>
    /// <param name="asked">The URL that the console redirected the browser to.</param>
    /// <param name="person">The person's claims.</param>
    /// <returns>The URL that the browser is redirected to.</returns>
    public string SignIn(Uri asked, Dictionary<string, object> person)
    {
        Assert.StartsWith(Authority + "/authorize", asked.ToString(), StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(asked.Query);
        Assert.Equal(("code", ClientId, "S256"), ((string?)query["response_type"], (string?)query["client_id"], (string?)query["code_challenge_method"]));
        var code = Guid.NewGuid().ToString("N");
        _visits[code] = new Visit(person, query["nonce"]!, query["code_challenge"]!, query["redirect_uri"]!);
        return QueryHelpers.AddQueryString(query["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"] });
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri!.AbsolutePath switch
        {
            "/department/.well-known/openid-configuration" => Json(new
            {
                issuer = Authority,
                authorization_endpoint = Authority + "/authorize",
                token_endpoint = Authority + "/token",
                jwks_uri = Authority + "/keys",
                response_types_supported = new[] { "code" },
                subject_types_supported = new[] { "public" },
                id_token_signing_alg_values_supported = new[] { "RS256" },
            }),
            "/department/keys" => Json(new { keys = new[] { PublicKey() } }),
            "/department/token" => Token(QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken))),
            _ => new HttpResponseMessage(HttpStatusCode.NotFound),
        };

    private HttpResponseMessage Token(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> form)
    {
        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (form["client_secret"] != ClientSecret || !_visits.Remove(form["code"].ToString(), out var visit) || visit.Challenge != challenge || visit.RedirectUri != form["redirect_uri"])
        {
            return Json(new { error = "invalid_grant" }, HttpStatusCode.BadRequest);
        }

        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = DateTime.UtcNow + GoodFor - TimeSpan.FromHours(2),
            NotBefore = DateTime.UtcNow + GoodFor - TimeSpan.FromHours(2),
            Expires = DateTime.UtcNow + GoodFor,
            Claims = new Dictionary<string, object>(visit.Person) { ["nonce"] = Nonce(visit.Nonce) },
            SigningCredentials = new SigningCredentials(SignsWithStrangersKey ? _strangersKey : _key, SecurityAlgorithms.RsaSha256),
        });
        return Json(new { id_token = token, access_token = "unused", token_type = "Bearer", expires_in = 3600 });
    }

    private object PublicKey()
    {
        var key = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = _key.KeyId, n = WebEncoders.Base64UrlEncode(key.Modulus!), e = WebEncoders.Base64UrlEncode(key.Exponent!) };
    }

    private static HttpResponseMessage Json(object body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = JsonContent.Create(body) };

    private sealed record Visit(Dictionary<string, object> Person, string Nonce, string Challenge, string RedirectUri);
}
