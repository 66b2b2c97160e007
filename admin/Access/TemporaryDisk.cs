namespace HealthEquity.Admin.Access;

/// <summary>The disk that keeps an upload while the console reads it (<c>TMPDIR</c>).</summary>
internal class TemporaryDisk
{
    /// <summary>The free space, in bytes.</summary>
    public virtual long FreeBytes => new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;

    /// <summary>Whether a form was larger than what is free.</summary>
    public bool HasNoRoomFor(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.ContentLength > FreeBytes;
}
