namespace HealthEquity.Benchmarks;

/// <summary>The baseline for all HTTP figures: Kestrel with one minimal endpoint that returns prepared bytes.</summary>
internal static class BareServer
{
    public static async Task RunAsync(string file)
    {
        var body = await File.ReadAllBytesAsync(file);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/{**path}", Answer);
        await app.RunAsync();

        Task Answer(HttpContext context)
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            var write = context.Response.BodyWriter.WriteAsync(body);
            return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
        }
    }
}
