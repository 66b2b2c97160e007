using System.Text.Encodings.Web;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Site.FindHelp;
using HealthEquity.Api.Site.Layout;
using HealthEquity.Api.Site.Texts;
using HealthEquity.Store.Settings;

namespace HealthEquity.Api.Site.Embed;

/// <summary>Serves what other sites embed.</summary>
public static class EmbedSetup
{
    /// <summary>What embeds are made of.</summary>
    public static void AddEmbed(this IServiceCollection services)
    {
        services.AddSingleton<EmbedFiles>();
        services.AddSingleton<BuilderAnswers>();
    }

    /// <summary>Serves the script. The pages of embeds are the pages of the site, mapped once more.</summary>
    public static void MapEmbed(this WebApplication app)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/embed.js", read, (HttpContext context, EmbedFiles files) => SendAsync(context, files.Script)).ExcludeFromDescription();
        app.MapMethods("/embed/later.js", read, (HttpContext context, EmbedFiles files) => SendAsync(context, files.Later)).ExcludeFromDescription();
        app.MapMethods("/embed/builder.css", read, (HttpContext context, EmbedFiles files) => files.BuilderStyle.SendAsync(context)).ExcludeFromDescription();
        app.MapMethods("/embed/builder.js", read, (HttpContext context, EmbedFiles files) => files.BuilderScript.SendAsync(context)).ExcludeFromDescription();
        app.MapMethods($"{Embedding.Path}/left", read, LeaveAsync).ExcludeFromDescription();
    }

    /// <summary>A script for pages of any site, isolated ones too.</summary>
    private static Task SendAsync(HttpContext context, Answer script)
    {
        context.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return script.SendAsync(context);
    }

    /// <summary>The quick exit of a frame without scripts, which may not open another page outside itself: a page that says nothing.</summary>
    private static Task LeaveAsync(HttpContext context, SiteFrame frame)
    {
        var exit = HtmlEncoder.Default.Encode(frame.Settings.ExitAddress);
        var host = new Uri(frame.Settings.ExitAddress).Host;
        context.AllowFraming(FrameAncestors(frame.Settings));
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = SiteAnswers.Private;
        return context.Response.WriteAsync(
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{host}</title><p><a href=\"{exit}\" target=\"_top\" rel=\"noreferrer\">{host}</a></p></html>",
            context.RequestAborted);
    }

    /// <summary>The first page of an embed, or the results that the site asks for.</summary>
    public static Task ShowFirstAsync(this FindHelpAnswers answers, HttpContext context, SiteText text) =>
        Embedding.Of(context.Request)?.Need is null ? answers.ShowAsync(context, text) : answers.SearchAsync(context, text);

    /// <summary>Who may frame the pages of embeds: the sites that the department names, or any.</summary>
    public static string FrameAncestors(SiteSettings settings) => settings.FrameHosts.Count == 0 ? "*" : string.Join(' ', settings.FrameHosts);
}
