namespace HealthEquity.Api.Site.Texts;

/// <summary>Lets only languages of the pages stand at the head of an address.</summary>
public sealed class PageLanguageConstraint : IRouteConstraint
{
    /// <inheritdoc/>
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values[routeKey] is string language && SiteTexts.Languages.Contains(language);
}
