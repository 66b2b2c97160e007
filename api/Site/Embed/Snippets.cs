using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using HealthEquity.Api.Site.Layout;
using Microsoft.AspNetCore.WebUtilities;

namespace HealthEquity.Api.Site.Embed;

/// <summary>The code that web teams paste into their sites.</summary>
/// <param name="chosen">What the embed is to show.</param>
/// <param name="host">The directory's host, such as <c>https://directory.example</c>.</param>
/// <param name="root">The path under which the directory is served; empty for none.</param>
/// <param name="title">The name of a frame.</param>
public sealed class Snippets(Embedding chosen, string host, string root, string title)
{
    // Quotes and angle brackets are escaped; letters of all scripts stay readable.
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The element.</summary>
    public string Element => $"<health-directory{Attributes()}></health-directory>";

    /// <summary>The script and the element.</summary>
    public string Script => $"<script src=\"{host}{root}/embed.js\" async></script>\n{Element}";

    /// <summary>The frame for sites that refuse scripts.</summary>
    public string Frame =>
        $"""
        <iframe src="{Html.Encode(host + Address())}" title="{Html.Encode(title)}"
          width="100%" height="800" loading="lazy" referrerpolicy="no-referrer" allow="clipboard-write"
          sandbox="allow-forms allow-scripts allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>
        """;

    /// <summary>A script of the host that gives the frame the height that it tells.</summary>
    public string FrameHeight =>
        """
        <script>
          addEventListener('message', event => {
            for (const frame of document.querySelectorAll('iframe')) {
              if (event.source === frame.contentWindow && event.data.type === 'health-directory:height') {
                frame.height = event.data.height;
              }
            }
          });
        </script>
        """;

    /// <summary>For WordPress: a short code, because editors may not write elements that WordPress does not know.</summary>
    public string WordPress =>
        $$"""
        add_action( 'wp_enqueue_scripts', function () {
            wp_enqueue_script( 'health-directory', '{{host}}{{root}}/embed.js', array(), null, array( 'strategy' => 'async' ) );
        } );
        add_shortcode( 'health_directory', function ( $attributes ) {
            $html = '<health-directory';
            foreach ( (array) $attributes as $name => $value ) {
                $html .= ' ' . sanitize_key( $name ) . '="' . esc_attr( $value ) . '"';
            }
            return $html . '></health-directory>';
        } );
        """;

    /// <summary>The short code for a page of WordPress.</summary>
    public string ShortCode => $"[health_directory{Attributes()}]";

    /// <summary>For Drupal: the script as a library of the theme.</summary>
    public string Drupal =>
        $$"""
        # THEME.libraries.yml
        health-directory:
          js:
            {{host}}{{root}}/embed.js: { type: external, attributes: { async: true } }

        # THEME.info.yml
        libraries:
          - THEME/health-directory
        """;

    /// <summary>What a Content-Security-Policy has to allow.</summary>
    public string Policy => $"script-src {host}\nconnect-src {host}\nframe-src {host}";

    private IEnumerable<KeyValuePair<string, string>> Chosen() => chosen.Values(chosen.Language, chosen.Need, chosen.List);

    private string Address() => QueryHelpers.AddQueryString($"{root}{Embedding.Path}", Chosen().Select(v => KeyValuePair.Create(v.Key, (string?)v.Value)));

    private string Attributes()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Chosen())
        {
            text.Append(' ').Append(name).Append("=\"").Append(Html.Encode(value)).Append('"');
        }

        return text.ToString();
    }
}
