using System.Globalization;
using System.Text.RegularExpressions;
using HealthEquity.Store.Curators;
using ZXing;
using ZXing.QrCode;

namespace HealthEquity.Tests.Admin.SignIn;

public sealed partial class QrPictureTests
{
    private const int Scale = 4;

    [Fact]
    public async Task The_QR_code_contains_the_setup_key()
    {
        await using var host = await ConsoleHost.StartAsync();
        var browser = await host.SignInAsync(await host.AddCuratorAsync(CuratorRole.Reviewer, "ana@health.example", twoFactor: false));
        var page = await browser.ReadAsync("/account/two-factor");
        var secret = Secret().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        Assert.True(secret.Length >= 32, "the secret was not found");

        var read = new Uri(Read(page));

        Assert.Equal(("otpauth", "totp"), (read.Scheme, read.Host));
        Assert.Contains($"secret={secret}&", read.Query, StringComparison.Ordinal);
        Assert.EndsWith(":ana@health.example", Uri.UnescapeDataString(read.AbsolutePath), StringComparison.Ordinal);
    }

    private static string Read(string page)
    {
        var size = int.Parse(Size().Match(page).Groups[1].Value, CultureInfo.InvariantCulture) * Scale;
        var pixels = new byte[size * size];
        Array.Fill(pixels, byte.MaxValue);
        foreach (Match square in Square().Matches(page))
        {
            var (left, top) = (Coordinate(square, 1), Coordinate(square, 2));
            for (var y = top; y < top + Scale; y++)
            {
                Array.Fill(pixels, byte.MinValue, (y * size) + left, Coordinate(square, 3));
            }
        }

        var picture = new RGBLuminanceSource(pixels, size, size, RGBLuminanceSource.BitmapFormat.Gray8);
        return new QRCodeReader().decode(new BinaryBitmap(new ZXing.Common.HybridBinarizer(picture)))?.Text ?? throw new InvalidOperationException("the picture can't be read");
    }

    private static int Coordinate(Match square, int group) => int.Parse(square.Groups[group].Value, CultureInfo.InvariantCulture) * Scale;

    [GeneratedRegex("""<p class="secret">([^<]+)<""")]
    private static partial Regex Secret();

    [GeneratedRegex("""class="qr" viewBox="0 0 (\d+) """)]
    private static partial Regex Size();

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\d+z")]
    private static partial Regex Square();
}
